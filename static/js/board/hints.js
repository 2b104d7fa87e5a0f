// While something is in the hand: where it could not start, or only with a warning, and why.

import { make, say } from "./words.js";

const LEVELS = ["fine", "warns", "blocks_release", "blocks_placing"];

export class Hints {
  constructor(store, grid) {
    Object.assign(this, { store, grid, obstacles: [], onAnswer: () => {} });
  }

  async ask(session, minutes) {
    const asked = (this.asked = Symbol("asked"));
    try {
      const told = await this.store.server.options(session.code, minutes);
      if (asked !== this.asked || told.status !== 200) return;
      this.obstacles = told.obstacles;
      this.draw();
      this.onAnswer();
    } catch {
      // Without hints one may drop all the same: the server decides.
    }
  }

  at = (place) => this.obstacles.filter((one) => (one.room === null || one.room === place.room)
    && one.from.some(([day, first, last]) => day === place.day && first <= place.start && place.start < last));
  level = (place) => LEVELS[Math.max(0, ...this.at(place).map((one) => LEVELS.indexOf(one.level)))];

  sentences(place) {
    const found = this.at(place).sort((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level));
    return found.length ? found.slice(0, 3).map((one) => one.sentence) : [say("free")];
  }

  // One stripe for each stretch of a column, the most severe above the others.
  draw() {
    this.erase();
    const { columns } = this.grid;
    const stripes = [];
    for (const [index, column] of columns.all.entries()) {
      for (const obstacle of this.obstacles) {
        if (obstacle.room !== null && obstacle.room !== column.room.code) continue;
        for (const [day, first, last] of obstacle.from) {
          if (day !== column.day.date) continue;
          const from = Math.max(first, columns.first), until = Math.min(last, columns.last);
          if (from >= until) continue;
          const stripe = make("div", { className: `board-hint is-${obstacle.level}` });
          Object.assign(stripe.style, {
            left: `${columns.across(index)}px`, top: `${columns.down(from)}px`,
            width: `${columns.width}px`, height: `${columns.down(until) - columns.down(from)}px`,
          });
          stripes.push(stripe);
        }
      }
    }
    this.grid.body.prepend(...stripes);
  }

  erase() {
    for (const stripe of this.grid.body.querySelectorAll(".board-hint")) stripe.remove();
  }

  clear() {
    this.asked = undefined;
    this.obstacles = [];
    this.erase();
  }
}
