// The line that says how it stands: network, list, what waits to be sent, which device, which gate; and how many have come.

import * as base from "./base.js";
import { people } from "./people.js";
import { NotAllowed, server, SignedOut } from "./server.js";
import { say, timeOf } from "./setup.js";

const OFTEN = 5000;

export class State {
  constructor(box, { device, onGate }) {
    this.part = (name) => box.querySelector(`[data-${name}]`);
    this.part("device").textContent = device.name;
    this.select = this.part("gate");
    this.select.addEventListener("change", async () => {
      await base.put("devices", "gate", this.gate);
      onGate();
    });
    base.get("devices", "gate").then((gate) => gate && [...this.select.options].some(({ value }) => value === gate) && (this.select.value = gate));
    this.count();
  }

  get gate() {
    return this.select.value;
  }

  say(sentence) {
    this.part("notice").textContent = sentence;
    this.part("notice").hidden = !sentence;
  }

  network(works, error) {
    const out = error instanceof SignedOut || error instanceof NotAllowed;
    const mark = this.part("network");
    mark.dataset.network = out ? "out" : works ? "on" : "off";
    mark.textContent = works ? say("online") : say("offline");
    if (out) mark.textContent = say("signed_out");
    this.part("sign-in").hidden = !out;
  }

  loading(count, total) {
    this.part("list").textContent = say("list_loading", { count, total });
  }

  show({ queue }) {
    const { size, at } = people;
    this.part("list").textContent = size ? say("list_of", { time: timeOf(at), count: size }) : say("list_none");
    this.part("waiting").textContent = say("waiting", { count: queue.waiting });
    this.part("waiting").dataset.waiting = queue.waiting;
  }

  async count() {
    if (!document.hidden && navigator.onLine) {
      const told = await server.counts(this.etag).catch(() => undefined);
      // Made by our own server for this page, of numbers and names of regions.
      if (told) this.part("counts").innerHTML = told.html;
      if (told) this.etag = told.etag;
    }
    setTimeout(() => this.count(), OFTEN);
  }
}
