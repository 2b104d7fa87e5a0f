// The board: puts its parts together and tells each what the others heard.

import { Blocks } from "./blocks.js";
import { Carrying } from "./carrying.js";
import { Choosing } from "./choosing.js";
import { Dialog } from "./dialog.js";
import { Findings } from "./findings.js";
import { Grid } from "./grid.js";
import { Hints } from "./hints.js";
import { Keys } from "./keys.js";
import { News } from "./news.js";
import { Pointer } from "./pointer.js";
import { Polling } from "./polling.js";
import { Server } from "./server.js";
import { Speech } from "./speech.js";
import { Store } from "./store.js";
import { Toolbar } from "./toolbar.js";
import { Tray } from "./tray.js";
import { say } from "./words.js";

const AGAIN = 3000;
const box = document.querySelector("[data-board]");

async function begin() {
  const store = new Store(new Server(box));
  const blocks = new Blocks(store);
  const speech = new Speech(box);
  const grid = new Grid(store, blocks, box);
  const tray = new Tray(store, blocks, box);
  const hints = new Hints(store, grid);
  const carrying = new Carrying({ store, grid, blocks, hints, speech });
  // A refusal says by itself what the matter is.
  const takeBack = async (name) => { if (await store[name]()) speech.status(say(name === "undo" ? "undone" : "redone")); };
  const toolbar = new Toolbar({ store, grid, box, onTakeBack: takeBack });
  const news = new News({ store, blocks, box, speech });

  const focus = (code) => {
    const session = store.session(code);
    if (session.place) grid.reveal(session.place);
    else tray.clear();
    blocks.of(code).focus();
    blocks.of(code).scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const findings = new Findings(store, blocks, box, { onFocus: focus });
  const dialog = new Dialog({ store, blocks, findings, box });
  const choosing = new Choosing({ store, blocks, box, draw, onEdit: (code) => dialog.open(code) });
  const keys = new Keys({
    box, store, grid, tray, blocks, carrying,
    onEdit: (code) => dialog.open(code), onChoose: (code) => choosing.toggle(code), onTray: (code) => choosing.toTray(code), onTakeBack: takeBack,
  });
  new Pointer({ box, grid, tray, carrying, chosen: blocks.chosen });
  hints.onAnswer = () => carrying.busy && carrying.show();

  function draw() {
    const focused = document.activeElement?.closest?.(".block");
    findings.mark();
    grid.drawBlocks();
    tray.draw();
    findings.draw();
    toolbar.refresh();
    keys.keepReachable();
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }

  store.addEventListener("read", () => {
    tray.fill();
    toolbar.fill();
    findings.mark();
    grid.draw();
    draw();
    if (carrying.busy) carrying.show();
  });
  store.addEventListener("changed", draw);
  store.addEventListener("wanted", ({ detail }) => toolbar.choose(detail));
  store.addEventListener("others", ({ detail }) => news.tell(detail.changes));
  store.addEventListener("refused", ({ detail }) => news.refused(detail));

  // Until the server answers, the form that needs no script stays.
  while (!(await store.read().then(() => true, () => false))) await new Promise((done) => setTimeout(done, AGAIN));
  document.querySelector("[data-plain]").hidden = true;
  box.hidden = false;
  toolbar.choose({ view: toolbar.remembered() });
  grid.draw();
  draw();
  new Polling(store, { onState: (state) => news.connection(state) });
  const wanted = new URLSearchParams(window.location.search).get("session");
  if (store.session(wanted)) focus(wanted);
  box.dataset.ready = "true";
}

begin();
