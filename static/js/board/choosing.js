// Several sessions at once: chosen by Ctrl or Shift and a click, or by Space; then moved, or put back, together.

import { say } from "./words.js";

export class Choosing {
  constructor({ store, blocks, box, draw, onEdit }) {
    Object.assign(this, { store, blocks, draw, onEdit, chosen: blocks.chosen });
    for (const name of ["bar", "count", "edit", "tray", "none"]) this[name] = box.querySelector(`[data-chosen-${name}]`);
    box.addEventListener("click", (event) => this.click(event));
    box.addEventListener("dblclick", (event) => {
      const block = event.target.closest(".block");
      if (block) onEdit(block.dataset.code);
    });
    this.edit.addEventListener("click", () => onEdit([...this.chosen][0]));
    this.tray.addEventListener("click", () => this.toTray([...this.chosen][0]));
    this.none.addEventListener("click", () => this.choose([]));
  }

  click(event) {
    const block = event.target.closest(".block");
    // Enter and Space press a button too; the keys have done their work already.
    if (!block || event.detail === 0) return;
    const { code } = block.dataset;
    if (event.ctrlKey || event.metaKey) this.toggle(code);
    else if (event.shiftKey && this.last) this.choose(this.between(this.last, code));
    else this.choose(this.chosen.size === 1 && this.chosen.has(code) ? [] : [code]);
    if (!event.shiftKey) this.last = code;
  }

  toggle(code) {
    this.last = code;
    this.choose(this.chosen.has(code) ? [...this.chosen].filter((one) => one !== code) : [...this.chosen, code]);
  }

  // In the order in which they are shown, from one to the other.
  between(one, other) {
    const shown = [...document.querySelectorAll("[data-board] .block")].map((block) => block.dataset.code);
    const [first, last] = [shown.indexOf(one), shown.indexOf(other)].sort((a, b) => a - b);
    return first < 0 ? [other] : shown.slice(first, last + 1);
  }

  choose(codes) {
    this.chosen.clear();
    for (const code of codes) this.chosen.add(code);
    this.bar.hidden = !codes.length;
    this.edit.hidden = codes.length !== 1;
    this.count.textContent = codes.length === 1 ? this.store.session(codes[0]).title : say("chosen", { count: codes.length });
    this.draw();
  }

  toTray(code) {
    const codes = this.chosen.has(code) ? [...this.chosen] : [code];
    this.choose([]);
    this.store.move(codes.filter((one) => !this.store.session(one).cancelled).map((one) => ({ code: one, place: null })));
  }
}
