// What one should hear: others' moves, refusals, and that the server cannot be reached.

import { SignedOut } from "./server.js";
import { make, say } from "./words.js";
import { clock } from "./times.js";

const SAID = 3;
const KEPT = 20;
const SHINES = 4000;

export class News {
  constructor({ store, blocks, box, speech }) {
    Object.assign(this, { store, blocks, speech });
    this.banner = box.querySelector("[data-board-banner]");
    this.element = box.querySelector("[data-board-news]");
    this.list = this.element.querySelector("[data-news-list]");
  }

  tell(changes) {
    for (const { session } of changes) this.shine(session);
    const sentences = changes.map(({ sentence }) => sentence);
    this.element.hidden = false;
    this.list.prepend(...sentences.map((text) => make("li", { textContent: text })));
    while (this.list.children.length > KEPT) this.list.lastChild.remove();
    const more = sentences.length > SAID ? [say("more_changes", { count: sentences.length - SAID })] : [];
    this.speech.note("info", [...sentences.slice(0, SAID), ...more]);
  }

  shine(code) {
    const block = this.blocks.elements.get(code);
    if (!block) return;
    block.dataset.news = "";
    setTimeout(() => delete block.dataset.news, SHINES);
  }

  refused({ codes, error, meanwhile, fault }) {
    if (fault) {
      this.connection(fault instanceof SignedOut ? "signed-out" : "offline");
      if (codes.length) this.speech.refuse(fault instanceof SignedOut ? say("signed_out") : say("not_sent"));
      return;
    }
    for (const code of codes) this.shine(code);
    this.speech.refuse(error, ...meanwhile);
  }

  connection(state) {
    const heard = new Date(this.store.heard);
    this.banner.hidden = state === "online";
    this.banner.textContent = state === "signed-out" ? say("signed_out")
      : say("offline", { time: clock(heard.getHours() * 60 + heard.getMinutes()) });
  }
}
