// The last scans of this device: what came of each, what the server said otherwise later, and a way to take one back.

import * as base from "./base.js";
import { kindOf } from "./answer.js";
import { answerTo } from "./deciding.js";
import { make, say, timeOf } from "./setup.js";

const KEPT = 30;

export class Last {
  constructor({ list, onUndo }) {
    Object.assign(this, { list, onUndo, scans: [] });
  }

  async wake() {
    this.scans = (await base.all("log")).sort((one, other) => other.at - one.at);
    this.draw();
  }

  async add(scan) {
    this.scans = [scan, ...this.scans];
    const old = this.scans.splice(KEPT);
    await base.write("log", { puts: [[scan.nonce, scan]], drops: old.map(({ nonce }) => nonce) });
    this.draw();
  }

  find = (nonce) => this.scans.find((scan) => scan.nonce === nonce);

  async change(nonce, what) {
    const scan = this.find(nonce);
    if (!scan) return;
    Object.assign(scan, what);
    await base.put("log", nonce, scan);
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.scans.map((scan) => this.line(scan)));
  }

  line(scan) {
    const kind = scan.undone ? "undone" : kindOf(scan.verdict);
    const [word] = answerTo(scan.verdict, scan);
    const parts = [
      make("span", { className: "nums", textContent: timeOf(scan.at) }),
      make("strong", { className: "last-word", textContent: scan.undone ? say("taken_back") : word }),
      make("span", { className: "last-name", textContent: scan.name ?? "" }),
    ];
    if (scan.otherwise) parts.push(make("span", { className: "last-otherwise", textContent: otherwise(scan) }));
    if (scan.verdict === "welcome" && !scan.undone) parts.push(this.button(scan));
    return make("li", { data: { kind } }, ...parts);
  }

  button(scan) {
    const button = make("button", { type: "button", className: "btn btn-link", textContent: say("put_back") });
    button.addEventListener("click", () => this.onUndo(scan));
    return button;
  }
}

function otherwise({ otherwise: told }) {
  return say("told_otherwise", { answer: answerTo(told.verdict, told).filter(Boolean).join(". ") });
}
