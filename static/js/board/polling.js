// Asks every few seconds what others did; slower while the server does not answer, at once when one comes back.

import { SignedOut } from "./server.js";

const OFTEN = 2500;
const RARELY = 30000;

export class Polling {
  constructor(store, { onState }) {
    this.store = store;
    this.onState = onState;
    this.failures = 0;
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, () => this.now());
    window.addEventListener("offline", () => this.onState("offline"));
    this.plan(OFTEN);
  }

  plan(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  async now() {
    if (this.asking || this.ended) return;
    clearTimeout(this.timer);
    this.asking = true;
    try {
      await this.ask();
      this.failures = 0;
      this.onState("online");
    } catch (fault) {
      this.failures += 1;
      this.ended = fault instanceof SignedOut;
      this.onState(this.ended ? "signed-out" : "offline");
    }
    this.asking = false;
    if (!this.ended) this.plan(Math.min(RARELY, OFTEN * 2 ** this.failures));
  }

  async ask() {
    // What is on its way brings its own news, and an answer from before it would show the past.
    if (this.store.waiting) return;
    const told = await this.store.server.changes(this.store.version, this.store.stamp);
    if (this.store.waiting || told.status !== 200) return;
    if (told.version !== this.store.version || told.reread) await this.store.hear(told, []);
    else this.store.mark(told);
  }
}
