// Which day, how fine a grid, undo and redo.

import { make, say } from "./words.js";

export class Toolbar {
  constructor({ store, grid, box, onTakeBack }) {
    Object.assign(this, { store, grid });
    for (const name of ["days", "zoom", "whole", "undo", "redo"]) this[name] = box.querySelector(`[data-bar-${name}]`);
    this.zoom.addEventListener("change", () => grid.show({ step: Number(this.zoom.value) }));
    this.whole.addEventListener("change", () => grid.show({ whole: this.whole.checked }));
    this.undo.addEventListener("click", () => onTakeBack("undo"));
    this.redo.addEventListener("click", () => onTakeBack("redo"));
    grid.view.step = Number(this.zoom.value);
  }

  fill() {
    const views = [...this.store.days.map((day) => [day.date, day.label]), ["all", say("all_days")]];
    if (!views.some(([view]) => view === this.grid.view.view)) this.grid.view.view = views[0][0];
    this.days.replaceChildren(...views.map(([view, label]) => {
      const button = make("button", { type: "button", className: "chip", textContent: label, data: { view } });
      button.addEventListener("click", () => this.choose({ view }));
      return button;
    }));
    this.refresh();
  }

  // A view is a day's date or "all"; it stays in the address, so that a reload shows it again.
  choose({ view = this.grid.view.view, whole = this.grid.view.whole }) {
    this.whole.checked = whole;
    this.grid.show({ view, whole });
    window.history.replaceState(null, "", `#${view}`);
    this.refresh();
  }

  remembered() {
    const asked = window.location.hash.slice(1);
    return asked === "all" || this.store.daysByDate.has(asked) ? asked : this.grid.view.view;
  }

  refresh() {
    for (const button of this.days.children) {
      button.toggleAttribute("aria-current", button.dataset.view === this.grid.view.view);
      if (button.hasAttribute("aria-current")) button.setAttribute("aria-current", "true");
    }
    this.undo.disabled = !this.store.can_undo;
    this.redo.disabled = !this.store.can_redo;
  }
}
