// What is in the hand, by pointer or by keys: shows where it would stand and says whether it could, until it is dropped.

import { samePlace, snap } from "./times.js";
import { make, say } from "./words.js";

const SHORTEST = 5;
const NO_PLACE = "tray";

export class Carrying {
  constructor({ store, grid, blocks, hints, speech }) {
    Object.assign(this, { store, grid, blocks, hints, speech, shadows: [] });
  }

  get busy() { return Boolean(this.lead); }

  // `how` is "move", or "resize" for the end of the leading session alone.
  take(lead, codes, how = "move") {
    this.lead = this.store.session(lead);
    this.how = how;
    this.seen = this.store.version;
    const all = [lead, ...codes.filter((code) => code !== lead)].map(this.store.session).filter((one) => one && !one.cancelled);
    this.all = how === "move" ? all : [this.lead];
    this.from = this.lead.place ?? { day: this.grid.columns.days[0].date, room: this.store.rooms[0]?.code, start: this.grid.columns.first, minutes: this.lead.minutes };
    this.to = this.lead.place;
    for (const one of this.all) this.blocks.of(one.code).dataset.carried = "";
    this.hints.ask(this.lead, this.from.minutes);
  }

  // Where the leading session shall stand; "tray" for nowhere.
  propose(place) {
    if (place !== NO_PLACE && place && this.to && this.to !== NO_PLACE && samePlace(place, this.to)) return;
    if (this.how === "resize" && place?.minutes !== this.to?.minutes) this.hints.ask(this.lead, place.minutes);
    this.to = place;
    this.show();
  }

  proposeAt({ day, room, minute }, grip) {
    const step = this.grid.view.step;
    if (this.how === "resize") return this.stretch(snap(minute, step) - this.from.start);
    // Full steps from where it stood on, where that is nearer than the hand is sure: what stands at 10:37 may stay.
    const start = Math.abs(minute - grip - this.from.start) < step / 2 ? this.from.start : snap(minute - grip, step);
    this.propose({ day, room, start, minutes: this.from.minutes });
  }

  // Onto another of equal length: the two change places.
  proposeOnto(code) {
    const other = this.store.session(code);
    if (this.canSwap(other)) this.propose({ ...other.place });
    return this.canSwap(other);
  }

  stretch(minutes) {
    this.propose({ ...this.from, minutes: Math.min(1440, Math.max(SHORTEST, minutes)) });
  }

  canSwap(other) {
    return this.how === "move" && this.all.length === 1 && Boolean(other?.place && this.lead.place) && !other.cancelled
      && other !== this.lead && other.place.minutes === this.lead.place.minutes && !this.store.roomsByCode.get(other.place.room).shared;
  }

  get swapped() {
    if (!this.to || this.to === NO_PLACE) return undefined;
    return this.store.placed().find((other) => this.canSwap(other) && samePlace(other.place, this.to));
  }

  // The moves that a drop would make: the others keep their distance; what comes from the tray follows one after the other.
  moves() {
    if (!this.to) return [];
    if (this.to === NO_PLACE) return this.all.map(({ code }) => ({ code, place: null }));
    const other = this.swapped, moves = [{ code: this.lead.code, place: this.to }];
    if (other) return [...moves, { code: other.code, place: this.lead.place }];
    let end = this.to.start + this.to.minutes;
    for (const one of this.all.slice(1)) {
      const place = one.place && this.lead.place ? this.shifted(one.place) : { ...this.to, start: end, minutes: one.place?.minutes ?? one.minutes };
      if (!one.place) end += place.minutes;
      moves.push({ code: one.code, place });
    }
    return moves;
  }

  shifted(place) {
    const { days, rooms } = this.store;
    const step = (list, name, key) => {
      const at = (value) => list.findIndex((one) => one[key] === value);
      return list[at(place[name]) + at(this.to[name]) - at(this.from[name])]?.[key];
    };
    return { day: step(days, "day", "date"), room: step(rooms, "room", "code"), start: place.start + this.to.start - this.from.start, minutes: place.minutes };
  }

  get fits() {
    return this.moves().every(({ place }) => !place || (place.day && place.room));
  }

  show() {
    this.clearShadows();
    const moves = this.moves();
    for (const { code, place } of moves) {
      const index = place ? this.grid.columns.index(place) : undefined;
      if (index === undefined) continue;
      const { columns } = this.grid, level = this.hints.level(place);
      const shadow = make("div", { className: `board-shadow is-${level}`, textContent: this.store.session(code).title });
      Object.assign(shadow.style, {
        left: `${columns.across(index) + 2}px`, top: `${columns.down(place.start)}px`,
        width: `${columns.width - 4}px`, height: `${place.minutes * columns.pixels - 1}px`,
      });
      this.shadows.push(shadow);
    }
    this.grid.body.append(...this.shadows);
    this.speech.status(this.sentence(), this.to && this.to !== NO_PLACE ? this.hints.level(this.to) : "fine");
  }

  sentence() {
    if (!this.to) return say("carried", { session: this.lead.title });
    if (this.to === NO_PLACE) return say("to_tray", { session: this.lead.title });
    if (!this.fits) return say("group_out");
    const where = this.blocks.where(this.to), other = this.swapped;
    if (other) return say("swap", { session: this.lead.title, other: other.title });
    return [where + ".", ...this.hints.sentences(this.to)].join(" ");
  }

  clearShadows() {
    for (const shadow of this.shadows) shadow.remove();
    this.shadows = [];
  }

  drop() {
    const moves = this.moves(), fits = this.fits, { lead, all } = this;
    this.put();
    if (!moves.length) return;
    if (!fits) return this.speech.refuse(say("group_out"));
    this.speech.status(all.length > 1 ? say("moved_all", { count: all.length })
      : moves[0].place ? say("moved", { session: lead.title, where: this.blocks.where(moves[0].place) }) : say("taken_out", { session: lead.title }));
    this.store.move(moves, this.seen);
  }

  cancel() {
    const { lead } = this;
    this.put();
    this.speech.status(say("put_back", { session: lead.title }));
  }

  put() {
    for (const one of this.all) delete this.blocks.of(one.code).dataset.carried;
    this.clearShadows();
    this.hints.clear();
    this.lead = undefined;
  }
}
