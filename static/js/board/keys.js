// By keyboard alone: arrows go from block to block; Enter takes one up, arrows move it, Enter drops it.

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Keys {
  constructor({ box, store, grid, tray, blocks, carrying, onEdit, onChoose, onTray, onTakeBack }) {
    Object.assign(this, { box, store, grid, tray, blocks, carrying, onEdit, onChoose, onTray, onTakeBack });
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("focusin", (event) => this.rove(event.target.closest(".block")));
    document.addEventListener("keydown", (event) => this.everywhere(event));
  }

  // One block of the grid and one of the tray is reached by Tab: the one where one was last.
  rove(block) {
    if (!block) return;
    const home = block.closest(".board-body, [data-tray-list]");
    for (const other of home?.querySelectorAll('.block[tabindex="0"]') ?? []) other.tabIndex = -1;
    block.tabIndex = 0;
  }

  keepReachable() {
    for (const home of [this.grid.body, this.tray.list]) {
      const blocks = home.querySelectorAll(".block");
      if (blocks.length && ![...blocks].some((block) => block.tabIndex === 0)) blocks[0].tabIndex = 0;
    }
  }

  everywhere(event) {
    if (event.target.closest("dialog, input, select, textarea") || !(event.ctrlKey || event.metaKey)) return;
    const key = event.code === "KeyZ" ? (event.shiftKey ? "redo" : "undo") : event.code === "KeyY" ? "redo" : "";
    if (!key || this.carrying.busy) return;
    event.preventDefault();
    this.onTakeBack(key);
  }

  press(event) {
    if (this.carrying.busy) return this.carry(event);
    const block = event.target.closest(".block");
    if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      Enter: () => this.take(block), KeyM: () => this.take(block), Space: () => this.onChoose(block.dataset.code),
      KeyE: () => this.onEdit(block.dataset.code), Delete: () => this.onTray(block.dataset.code), Backspace: () => this.onTray(block.dataset.code),
    }[event.code === "NumpadEnter" ? "Enter" : event.code];
    if (act) {
      event.preventDefault();
      return act();
    }
    if (event.key in ARROWS) {
      event.preventDefault();
      this.go(block, ...ARROWS[event.key]);
    }
  }

  take(block) {
    const session = block.session;
    if (session.cancelled) return;
    const chosen = this.blocks.chosen;
    this.held = block;
    this.carrying.take(session.code, chosen.has(session.code) ? [...chosen] : []);
    this.carrying.propose(session.place ? { ...session.place } : { ...this.carrying.from });
    this.carrying.show();
    this.grid.reveal(this.carrying.to);
  }

  carry(event) {
    const { carrying } = this;
    const [across, down] = ARROWS[event.key] ?? [0, 0];
    const days = { PageUp: -1, PageDown: 1 }[event.key];
    if (event.key === "Tab") return event.preventDefault();
    if (event.key === "Escape") carrying.cancel();
    else if (event.key === "Enter" || event.code === "KeyM") carrying.drop();
    else if (event.key === "Delete" || event.key === "Backspace") {
      carrying.propose("tray");
      carrying.drop();
    } else if (days) this.changeDay(days);
    else if (across || down) this.shift(across, down, event.shiftKey);
    else return undefined;
    event.preventDefault();
    event.stopPropagation();
    if (!carrying.busy) this.restore();
    return undefined;
  }

  shift(across, down, stretch) {
    const { carrying, grid, store } = this, step = grid.view.step, to = carrying.to;
    const onGrid = (value) => (down > 0 ? Math.floor(value / step) + 1 : Math.ceil(value / step) - 1) * step;
    if (stretch) {
      if (!down) return;
      const minutes = onGrid(to.start + to.minutes) - to.start;
      if (minutes >= 5 && minutes <= 1440) carrying.propose({ ...to, minutes });
    } else {
      const place = store.rooms.findIndex((room) => room.code === to.room) + across;
      const room = store.rooms[place]?.code;
      const day = store.daysByDate.get(to.day);
      const start = down ? onGrid(to.start) : to.start;
      if (!room || start < day.opens || start + to.minutes > day.closes) return;
      carrying.propose({ ...to, room, start });
    }
    this.follow();
  }

  changeDay(by) {
    const { carrying, store } = this;
    const day = store.days[store.days.findIndex((one) => one.date === carrying.to.day) + by];
    if (!day) return;
    carrying.propose({ ...carrying.to, day: day.date });
    this.follow();
  }

  // The view goes with what is carried: to another day, or to hours that it did not show.
  follow() {
    const { to } = this.carrying, { columns } = this.grid;
    if (to.start < columns.first || to.start + to.minutes > columns.last) this.store.tell("wanted", { whole: true });
    this.grid.reveal(to);
    this.carrying.show();
  }

  restore() {
    const block = this.blocks.of(this.held.dataset.code);
    requestAnimationFrame(() => block.focus({ preventScroll: false }));
  }

  go(block, across, down) {
    const session = block.session;
    if (!session.place) return this.focus([...this.tray.list.querySelectorAll(".block")], block, across + down);
    const { columns } = this.grid, at = columns.index(session.place);
    const shown = this.store.placed().filter((one) => columns.index(one.place) !== undefined);
    if (down) {
      const column = shown.filter((one) => columns.index(one.place) === at).sort((one, other) => one.place.start - other.place.start);
      return this.focus(column.map((one) => this.blocks.of(one.code)), block, down);
    }
    const columnsOn = [...new Set(shown.map((one) => columns.index(one.place)))].filter((one) => (one - at) * across > 0);
    if (!columnsOn.length) return undefined;
    const next = columnsOn.reduce((one, other) => (Math.abs(one - at) < Math.abs(other - at) ? one : other));
    const away = (one) => Math.abs(one.place.start - session.place.start);
    const nearest = shown.filter((one) => columns.index(one.place) === next).reduce((one, other) => (away(one) <= away(other) ? one : other));
    return this.blocks.of(nearest.code).focus();
  }

  focus(list, block, step) {
    list[list.indexOf(block) + step]?.focus();
  }
}
