// What is not placed yet: searched by any word of title or people, filtered by kind and track.

import { make, say } from "./words.js";

export class Tray {
  constructor(store, blocks, box) {
    Object.assign(this, { store, blocks });
    this.element = box.querySelector("[data-board-tray]");
    for (const name of ["search", "kind", "track", "list", "count"]) this[name] = this.element.querySelector(`[data-tray-${name}]`);
    for (const field of [this.search, this.kind, this.track]) field.addEventListener("input", () => this.draw());
  }

  fill() {
    const used = new Set([...this.store.sessions.values()].map((one) => one.kind));
    choices(this.kind, this.store.kinds.filter((kind) => used.has(kind.code)));
    choices(this.track, this.store.tracks);
  }

  draw() {
    const waiting = this.store.tray(), shown = waiting.filter((one) => this.fits(one));
    const wanted = new Set(shown.map((one) => one.code));
    for (const element of this.list.querySelectorAll(".block")) {
      if (!wanted.has(element.dataset.code)) element.parentElement.remove();
    }
    // Appending what stands there already would take the focus from it.
    const items = shown.map((session) => {
      const element = this.blocks.write(session);
      element.removeAttribute("style");
      return element.parentElement?.parentElement === this.list ? element.parentElement : make("li", {}, element);
    });
    items.forEach((item, place) => this.list.children[place] === item || this.list.insertBefore(item, this.list.children[place] ?? null));
    this.count.textContent = shown.length === waiting.length ? waiting.length : `${shown.length} / ${waiting.length}`;
    this.element.classList.toggle("is-empty", !waiting.length);
    this.list.dataset.nothing = waiting.length ? say("none_found") : say("all_placed");
  }

  // Shows everything, so that one cannot look for what a filter hides.
  clear() {
    this.search.value = this.kind.value = this.track.value = "";
    this.draw();
  }

  fits(session) {
    const text = `${session.title} ${session.people.join(" ")}`.toLowerCase();
    return (!this.kind.value || this.kind.value === session.kind)
      && (!this.track.value || this.track.value === session.track)
      && this.search.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  holds(x, y) {
    const box = this.element.getBoundingClientRect();
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }
}

function choices(select, rows) {
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...rows.map(({ code, name }) => make("option", { value: code, textContent: name })));
  select.value = rows.some((row) => row.code === chosen) ? chosen : "";
}
