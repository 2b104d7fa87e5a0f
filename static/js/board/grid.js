// Draws the columns of rooms, the rows of time, and the blocks in them.

import { Columns, ROW } from "./columns.js";
import { clock } from "./times.js";
import { make, say } from "./words.js";

export class Grid {
  constructor(store, blocks, box) {
    Object.assign(this, { store, blocks });
    for (const name of ["scroll", "heads", "times", "body"]) this[name] = box.querySelector(`[data-board-${name}]`);
    this.view = { view: "", step: 15, whole: false };
    new ResizeObserver(() => this.store.days && this.scroll.clientWidth !== this.drawnFor && this.draw()).observe(this.scroll);
  }

  show(changed) {
    Object.assign(this.view, changed);
    this.draw();
  }

  draw() {
    this.drawnFor = this.scroll.clientWidth;
    const columns = new Columns(this.store, { ...this.view, width: this.drawnFor });
    this.columns = columns;
    const grid = this.body.parentElement;
    grid.style.setProperty("--column", `${columns.width}px`);
    grid.style.setProperty("--row", `${ROW}px`);
    grid.style.setProperty("--hour", `${columns.pixels * 60}px`);
    grid.style.setProperty("--down", `${columns.height}px`);
    grid.style.setProperty("--across", `${columns.across(columns.all.length)}px`);
    this.drawHeads();
    this.drawTimes();
    this.drawBlocks();
  }

  drawHeads() {
    const { columns } = this;
    const rooms = columns.all.map(({ room }) => make("div", { className: "board-room" },
      make("b", { textContent: room.name, lang: room.lang || "" }),
      make("small", { textContent: this.about(room), title: room.has.join("; ") })));
    const days = columns.days.map((day) => {
      const head = make("div", { className: "board-day", textContent: day.label });
      head.style.width = `${columns.width * this.store.rooms.length}px`;
      if (day.outside) head.append(` (${say("outside")})`);
      return head;
    });
    this.heads.replaceChildren(
      ...(this.view.view === "all" ? [make("div", { className: "board-days-row" }, ...days)] : []),
      make("div", { className: "board-rooms-row" }, ...rooms));
  }

  about(room) {
    const seats = room.seats === null ? [] : [say("seats", { count: room.seats })];
    return [...seats, ...(room.shared ? [say("shared")] : []), ...room.has].join(" · ");
  }

  drawTimes() {
    const every = Math.max(60, this.view.step), labels = [];
    for (let minute = this.columns.first; minute <= this.columns.last; minute += every) {
      const label = make("div", { className: "board-time", textContent: clock(minute) });
      label.style.top = `${this.columns.down(minute)}px`;
      labels.push(label);
    }
    this.times.replaceChildren(...labels);
  }

  drawBlocks() {
    this.blocks.forget();
    const { columns } = this;
    const shown = this.store.placed().filter((one) => columns.index(one.place) !== undefined);
    shown.sort((one, other) => columns.index(one.place) - columns.index(other.place) || one.place.start - other.place.start);
    const lanes = columns.lanes([...shown]);
    const wanted = new Set(shown.map((one) => one.code));
    for (const element of this.body.querySelectorAll(".block")) {
      if (!wanted.has(element.dataset.code)) element.remove();
    }
    for (const session of shown) {
      const element = this.blocks.write(session);
      const [lane, count] = lanes.get(session.code);
      const width = (columns.width - 4) / count;
      Object.assign(element.style, {
        left: `${columns.across(columns.index(session.place)) + 2 + lane * width}px`,
        top: `${columns.down(session.place.start)}px`,
        width: `${width - 1}px`,
        height: `${Math.max(14, session.place.minutes * columns.pixels - 1)}px`,
      });
      if (element.parentElement !== this.body) this.body.append(element);
    }
  }

  // The room, day and minute below a point of the window; null outside the grid.
  at(x, y) {
    const box = this.body.getBoundingClientRect(), frame = this.scroll.getBoundingClientRect();
    const top = frame.top + this.heads.offsetHeight;
    if (x < frame.left || x > frame.right || y < top || y > frame.bottom) return null;
    const column = this.columns.columnAt(x - box.left);
    return column && { day: column.day.date, room: column.room.code, minute: this.columns.minuteAt(y - box.top) };
  }

  // Brings a place into sight, whatever day is shown.
  reveal(place) {
    if (this.columns.index(place) === undefined) this.store.tell("wanted", { view: place.day });
    const left = this.columns.across(this.columns.index(place)), top = this.columns.down(place.start);
    const { scroll } = this, head = this.heads.offsetHeight, height = place.minutes * this.columns.pixels;
    const room = scroll.clientHeight - head;
    if (top < scroll.scrollTop || top + Math.min(height, room) > scroll.scrollTop + room) scroll.scrollTop = top - room / 3;
    if (left < scroll.scrollLeft || left + this.columns.width > scroll.scrollLeft + scroll.clientWidth - this.times.offsetWidth) {
      scroll.scrollLeft = left - scroll.clientWidth / 3;
    }
  }
}
