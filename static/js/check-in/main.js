// The check-in page: set up once, then every scan is kept, asked of the server, or decided here.

import { Answer } from "./answer.js";
import * as base from "./base.js";
import { Camera } from "./camera.js";
import { clock } from "./clock.js";
import { decide } from "./deciding.js";
import { Field } from "./field.js";
import { Last } from "./last.js";
import { Names } from "./names.js";
import { keepPage } from "./offline.js";
import { people } from "./people.js";
import { Queue } from "./queue.js";
import { Forgotten, NotAllowed, Revoked, server, SignedOut } from "./server.js";
import { say, setup, timeOf } from "./setup.js";
import { State } from "./state.js";
import { hashOf, read } from "./tickets.js";
import { Undoing } from "./undoing.js";

const OFTEN = 15000;
const box = document.querySelector("[data-check-in]");
const part = (name) => box.querySelector(`[data-${name}]`);

class Desk {
  constructor(device) {
    this.device = device;
    this.answer = new Answer(part("answer"));
    this.state = new State(box, { device, onGate: () => this.refresh() });
    this.last = new Last({ list: part("last"), onUndo: (scan) => this.undoing.ask(scan) });
    this.undoing = new Undoing(box.querySelector("dialog"), { onDone: (scan) => this.putBack(scan) });
    this.queue = new Queue({ device, onAnswer: (item, told) => this.hear(item, told), onState: (error) => this.heed(error) });
    this.gate = () => this.state.gate;
    new Field(part("field"), (text) => this.scan("scanner", text));
    new Names({ form: part("names"), list: part("found"), gate: this.gate, onChosen: (who) => this.chosen(who) });
    this.camera = new Camera({ video: box.querySelector("video"), decoder: box.dataset.decoder, onText: (text) => this.scan("camera", text) });
    part("camera").addEventListener("click", () => this.switchCamera());
    this.line = Promise.resolve();
  }

  async begin() {
    box.dataset.state = "ready";
    await Promise.all([people.wake(), this.last.wake(), this.queue.wake()]);
    if (setup.eraseAt && clock.now() > setup.eraseAt) this.state.say(say("over"));
    this.tick();
    window.addEventListener("offline", () => this.state.network(false));
    for (const name of ["online", "visibilitychange"]) window.addEventListener(name, () => document.hidden || this.tick());
    await keepPage(box.dataset.decoder).catch(() => {});
    box.dataset.kept = "true";
  }

  async tick() {
    clearTimeout(this.timer);
    await this.refresh();
    if (!this.queue.stopped) this.timer = setTimeout(() => this.tick(), OFTEN);
  }

  async refresh() {
    this.state.show({ queue: this.queue });
    if (!navigator.onLine) return this.state.network(false);
    try {
      await people.refresh(this.device.key, this.gate(), (count, total) => this.state.loading(count, total));
      if (this.queue.stopped) this.queue.resume();
      this.heed(null);
    } catch (error) {
      this.heed(error);
    }
    this.state.show({ queue: this.queue });
  }

  // Scans come one after the other: the second must know of the first.
  scan(how, text) {
    const ticket = read(text);
    if (ticket.payload) this.inLine(async () => this.judge({ how, payload: ticket.payload }, await this.found(ticket)));
  }

  chosen({ code, hash }) {
    this.inLine(() => this.judge({ how: "name", ...(code ? { code } : { hash }) }, people.byHash(hash)));
  }

  inLine(work) {
    this.line = this.line.then(work).catch((fault) => this.answer.fail(String(fault?.message ?? fault)));
  }

  async found(ticket) {
    return { ticket, ...(ticket.isOurs ? people.byHash(await hashOf(ticket.payload)) : {}) };
  }

  async judge(who, found) {
    this.answer.wait();
    const item = { nonce: crypto.randomUUID(), at: Date.now(), gate: this.gate(), told: "", ...who };
    if (clock.known) item.offset = clock.offset;
    await this.queue.keep(item);
    let told = await this.queue.ask(item.nonce);
    if (!told) {
      told = this.decideAlone(found);
      this.state.network(false);
      item.told = told.verdict;
      await this.queue.keep(item);
      this.queue.soon();
    }
    if (told.error) return this.answer.fail(told.error);
    if (told.verdict === "welcome" && found.row) await people.letIn(found.row, clock.now(), this.device.name);
    await this.last.add({ ...told, nonce: item.nonce, at: clock.now(), hash: found.row?.[0][0] });
    this.answer.show(told);
    this.state.show({ queue: this.queue });
  }

  decideAlone(found) {
    const { verdict, row, first, unlisted } = decide({ ...found, admitted: people.admitted });
    const told = { verdict, first, offline: true, name: row?.[2], category: row?.[3], days: row?.[5] };
    if (unlisted) told.hint = people.size ? say("not_listed", { time: timeOf(people.at) }) : say("no_list");
    return told;
  }

  // What the server says of a scan on which this device decided alone.
  hear(item, told) {
    const scan = this.last.find(item.nonce);
    if (!scan) return;
    if (told.verdict && told.verdict !== scan.verdict) this.last.change(item.nonce, { otherwise: told });
    else if (told.name) this.last.change(item.nonce, { name: told.name });
  }

  heed(error) {
    this.state.network(error === null, error);
    if (error instanceof SignedOut || error instanceof NotAllowed) people.erase();
    if (error instanceof Revoked || error instanceof Forgotten) this.leave(error);
    this.state.show({ queue: this.queue });
  }

  async leave(error) {
    await people.erase();
    await base.drop("devices", "own");
    box.dataset.state = "new";
    part("setup-error").textContent = error.message;
  }

  async putBack(scan) {
    await this.last.change(scan.nonce, { undone: true });
    const row = scan.hash && people.byHash(scan.hash).row;
    if (row) await people.putBack(row);
  }

  async switchCamera() {
    const button = part("camera");
    const on = button.getAttribute("aria-pressed") === "true";
    try {
      await (on ? this.camera.stop() : this.camera.start());
      button.setAttribute("aria-pressed", String(!on));
      button.textContent = say(on ? "camera_on" : "camera_off");
      part("viewer").hidden = on;
    } catch {
      this.camera.stop();
      this.answer.fail(say("camera_refused"));
    }
  }
}

async function begin() {
  if (!globalThis.isSecureContext) return refuse(say("insecure"));
  try {
    await base.ready();
  } catch {
    return refuse(say("not_stored"));
  }
  await clock.wake();
  const device = await base.get("devices", "own");
  if (device) return new Desk(device).begin();
  box.dataset.state = "new";
  return undefined;
}

function refuse(sentence) {
  box.dataset.state = "refused";
  part("refusal").textContent = sentence;
}

part("setup").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const device = await server.enrol(new FormData(event.target).get("name"));
    await base.put("devices", "own", device);
    location.reload();
  } catch (error) {
    part("setup-error").textContent = error.message;
  }
});

begin();
