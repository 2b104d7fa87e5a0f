// Takes a mistaken check-in back: asks why, and only with a network, so that the other doors hear of it.

import { server, Unreachable } from "./server.js";
import { say } from "./setup.js";

export class Undoing {
  constructor(dialog, { onDone }) {
    Object.assign(this, { dialog, onDone });
    this.error = dialog.querySelector("[data-undo-error]");
    dialog.querySelector("form").addEventListener("submit", (event) => this.send(event));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  }

  ask(scan) {
    this.scan = scan;
    this.dialog.querySelector("[data-undo-name]").textContent = scan.name ?? "";
    this.error.textContent = "";
    this.dialog.querySelector("input").value = "";
    this.dialog.showModal();
  }

  async send(event) {
    event.preventDefault();
    try {
      await server.undo(this.scan.nonce, this.dialog.querySelector("input").value);
      await this.onDone(this.scan);
      this.dialog.close();
    } catch (error) {
      this.error.textContent = error instanceof Unreachable ? say("undo_offline") : error.message;
    }
  }
}
