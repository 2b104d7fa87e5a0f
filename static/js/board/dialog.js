// A session as a form: what one does by hand, told in fields; and everything that the board knows of it.

import { clock, minuteOf } from "./times.js";
import { make, say } from "./words.js";

export class Dialog {
  constructor({ store, blocks, findings, box }) {
    Object.assign(this, { store, blocks, findings });
    this.element = box.querySelector("[data-board-dialog]");
    this.form = this.element.querySelector("form");
    for (const name of ["title", "about", "problems"]) this[name] = this.element.querySelector(`[data-dialog-${name}]`);
    this.form.addEventListener("submit", (event) => this.save(event));
    this.element.querySelector("[data-dialog-close]").addEventListener("click", () => this.element.close());
    this.element.addEventListener("close", () => this.blocks.of(this.code).focus());
  }

  open(code) {
    const session = this.store.session(code), { fields } = this;
    this.code = code;
    this.seen = this.store.version;
    this.title.textContent = session.title;
    const track = this.store.tracksByCode.get(session.track)?.name;
    const audience = session.audience === null ? "" : say("expected", { count: session.audience });
    this.about.replaceChildren(...[this.store.kindsByCode.get(session.kind), track, session.people.join(", "), session.needs.join(", "), audience]
      .filter(Boolean).map((text) => make("li", { textContent: text })));
    this.problems.replaceChildren(...this.findings.of(code).map(({ sentence }) => make("li", { textContent: sentence })));
    options(fields.room, [{ value: "", text: say("nowhere") }, ...this.store.rooms.map((room) => ({ value: room.code, text: room.name }))]);
    options(fields.day, this.store.days.map((day) => ({ value: day.date, text: day.label })));
    fields.room.value = session.place?.room ?? "";
    fields.day.value = session.place?.day ?? this.store.days[0].date;
    fields.time.value = session.place ? clock(session.place.start) : "";
    fields.minutes.value = session.place?.minutes ?? session.minutes;
    for (const field of Object.values(fields)) field.disabled = session.cancelled;
    this.element.showModal();
  }

  get fields() {
    const { room, day, time, minutes } = this.form.elements;
    return { room, day, time, minutes };
  }

  save(event) {
    event.preventDefault();
    const { room, day, time, minutes } = this.fields;
    time.required = minutes.required = room.value !== "";
    if (!this.form.reportValidity()) return;
    this.element.close();
    this.store.move([{ code: this.code, place: room.value ? this.place(room.value, day.value, time.value, Number(minutes.value)) : null }], this.seen);
  }

  // What is earlier than a day begins is its night.
  place(room, day, time, minutes) {
    const start = minuteOf(time), { opens } = this.store.daysByDate.get(day);
    return { room, day, start: start < opens ? start + 1440 : start, minutes };
  }
}

function options(select, rows) {
  select.replaceChildren(...rows.map(({ value, text }) => make("option", { value, textContent: text })));
}
