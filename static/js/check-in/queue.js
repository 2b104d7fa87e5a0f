// What was scanned: first it lies on this device, then it is sent; once, however often it is tried.

import * as base from "./base.js";
import { clock } from "./clock.js";
import { Revoked, server, Unreachable } from "./server.js";
import { say } from "./setup.js";

const AT_ONCE = 100;
const WITH_A_SCAN = 20;
const PATIENCE = 2500;
const SOON = 2000;
const RARELY = 30000;

export class Queue {
  // `onAnswer(item, answer)` hears what became of each, `onState(error | null)` how the last attempt went.
  constructor({ device, onAnswer, onState }) {
    Object.assign(this, { device, onAnswer, onState, failures: 0, waiting: 0, line: Promise.resolve() });
    for (const name of ["online", "pageshow"]) window.addEventListener(name, () => this.soon(0));
  }

  async wake() {
    this.waiting = (await base.all("queue")).length;
    this.soon(0);
  }

  // A network that failed just now is not waited for at every scan.
  get isReachable() {
    return navigator.onLine && this.failures === 0 && this.waiting <= WITH_A_SCAN && !this.stopped;
  }

  async keep(item) {
    const added = (await base.get("queue", item.nonce)) === undefined;
    await base.put("queue", item.nonce, item);
    this.waiting += added ? 1 : 0;
  }

  // Sends what waits and this scan with it; returns its answer, or undefined where the device must decide.
  async ask(nonce) {
    if (!this.isReachable) return undefined;
    let answer;
    const sending = this.send({ patience: PATIENCE, hear: (item, one) => item.nonce === nonce && (answer = one) });
    await Promise.race([sending.catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE))]);
    return answer;
  }

  soon(pause = Math.min(RARELY, SOON * 2 ** this.failures)) {
    clearTimeout(this.timer);
    if (this.waiting && !this.stopped) this.timer = setTimeout(() => this.send().catch(() => {}), pause);
  }

  // One after the other, in this tab and in every other.
  send(options = {}) {
    const sending = this.line.then(() => navigator.locks.request("check-in queue", () => this.sendAll(options)));
    this.line = sending.catch(() => {});
    return sending;
  }

  async sendAll({ patience, hear }) {
    try {
      for (let items = await this.next(); items.length; items = await this.next()) {
        const told = await server.scans(this.device.key, items, patience);
        await this.take(items, told.answers, hear);
        await clock.hear(told.now);
        this.failures = 0;
        if (told.revoked) throw new Revoked(say("revoked"));
        if (told.answers.some((one) => one.again)) throw new Unreachable("busy");
      }
      await this.rest(null);
    } catch (error) {
      this.failures += 1;
      this.stopped = !(error instanceof Unreachable);
      await this.rest(error);
      throw error;
    }
  }

  async rest(error) {
    this.waiting = (await base.all("queue")).length;
    this.onState(error);
    this.soon();
  }

  async next() {
    const items = await base.all("queue");
    return items.sort((one, other) => one.at - other.at).slice(0, AT_ONCE);
  }

  async take(items, answers, hear = () => {}) {
    for (const [place, item] of items.entries()) {
      const answer = answers[place];
      if (answer.again) continue;
      const kept = await base.get("queue", item.nonce);
      // Meanwhile the device decided by itself: the server must hear of that, too.
      if (kept && kept.told !== item.told) continue;
      await base.drop("queue", item.nonce);
      hear(item, answer);
      this.onAnswer(item, answer);
    }
  }

  resume() {
    this.stopped = false;
    this.failures = 0;
    this.soon(0);
  }
}
