// One session as a block: the same element in the grid and, with another class, in the tray.

import { longSpan, span } from "./times.js";
import { make, say } from "./words.js";

export class Blocks {
  constructor(store) {
    this.store = store;
    this.elements = new Map();
    this.chosen = new Set();
    this.marks = new Map();
  }

  of(code) {
    if (!this.elements.has(code)) this.elements.set(code, make("button", { type: "button", tabIndex: -1, data: { code } }));
    return this.elements.get(code);
  }

  forget() {
    for (const [code, element] of this.elements) {
      if (this.store.session(code)) continue;
      element.remove();
      this.elements.delete(code);
    }
  }

  // Writes what changed since it was written last; most blocks stay as they are.
  write(session) {
    const element = this.of(session.code);
    const mark = this.marks.get(session.code);
    const seen = JSON.stringify([session.title, session.place, session.pending > 0, session.minutes, mark?.level, mark?.count, this.chosen.has(session.code)]);
    if (element.seen === seen && element.session === session) return element;
    Object.assign(element, { seen, session });
    const track = this.store.tracksByCode.get(session.track);
    element.className = ["block", track && `track-${track.colour}`, session.place ? "is-placed" : "is-waiting",
      session.cancelled && "is-cancelled", session.pending && "is-pending", mark && `is-${mark.level}`].filter(Boolean).join(" ");
    element.setAttribute("aria-pressed", String(this.chosen.has(session.code)));
    const title = make("span", { className: "block-title", textContent: session.title });
    if (session.lang) title.lang = session.lang;
    const time = session.place ? span(session.place) : say("minutes", { minutes: session.minutes });
    element.replaceChildren(
      make("span", { className: "block-time", textContent: time }), title,
      make("span", { className: "block-track", textContent: track?.name ?? "" }),
      make("span", { className: "block-people", textContent: session.people.join(", ") }),
      make("span", { className: "visually-hidden", textContent: this.aside(session, mark) }),
    );
    if (mark) element.prepend(make("span", { className: "block-mark", textContent: mark.count, title: mark.sentence, ariaHidden: "true" }));
    if (session.place && !session.cancelled) element.append(make("span", { className: "block-edge" }));
    return element;
  }

  // What colour and place say to eyes, for a screen reader.
  aside(session, mark) {
    return [
      session.place ? this.where(session.place) : say("nowhere"),
      this.store.kindsByCode.get(session.kind),
      session.cancelled && say("cancelled"),
      mark && say("marked", { count: mark.count }),
    ].filter(Boolean).map((text) => ` ${text}.`).join("");
  }

  where(place) {
    const room = this.store.roomsByCode.get(place.room), day = this.store.daysByDate.get(place.day);
    return say("where", { room: room?.name ?? place.room, day: day?.label ?? place.day, time: longSpan(place, (date) => this.store.daysByDate.get(date)?.label) });
  }
}
