// Mouse, pen and finger: press and move to carry; a finger first rests on the block, so that it can still scroll.

const FAR = 5;
const LONG = 350;
const EDGE = 48;

export class Pointer {
  constructor({ box, grid, tray, carrying, chosen }) {
    Object.assign(this, { box, grid, tray, carrying, chosen });
    box.addEventListener("pointerdown", (event) => this.press(event));
    window.addEventListener("pointermove", (event) => this.move(event));
    window.addEventListener("pointerup", (event) => this.release(event));
    window.addEventListener("pointercancel", () => this.giveUp());
    document.addEventListener("keydown", (event) => this.key(event), true);
    // A browser that may scroll takes the finger away from us, so it must not while something is carried.
    box.addEventListener("touchmove", (event) => this.carries && event.preventDefault(), { passive: false });
    box.addEventListener("contextmenu", (event) => this.pressed && event.preventDefault());
    box.addEventListener("click", (event) => this.afterDrag(event), true);
  }

  press(event) {
    const block = event.target.closest(".block");
    if (!block || event.button !== 0 || this.carrying.busy || block.classList.contains("is-cancelled")) return;
    const resize = event.target.closest(".block-edge") !== null;
    this.pressed = { code: block.dataset.code, resize, x: event.clientX, y: event.clientY, id: event.pointerId };
    this.grip = this.gripOf(block, event);
    if (event.pointerType === "touch") {
      // Without this the window would hear nothing once the finger leaves the block.
      this.timer = setTimeout(() => this.pressed && this.begin(), LONG);
    }
  }

  // How many minutes below its beginning the session is held; from the tray it goes into the cell that is pointed at.
  gripOf(block, event) {
    const session = block.session;
    if (!session.place) return this.grid.view.step / 2;
    return this.grid.columns.minuteAt(event.clientY - this.grid.body.getBoundingClientRect().top) - session.place.start;
  }

  move(event) {
    if (!this.pressed || event.pointerId !== this.pressed.id) return;
    const far = Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y) > FAR;
    if (!this.carries) {
      if (!far) return;
      if (event.pointerType === "touch") return this.giveUp();
      this.begin();
    }
    this.last = event;
    this.follow();
  }

  begin() {
    const { code, resize, x, y } = this.pressed;
    this.carries = true;
    clearTimeout(this.timer);
    this.carrying.take(code, this.chosen.has(code) ? [...this.chosen] : [], resize ? "resize" : "move");
    this.box.classList.add("is-carrying");
    this.last = { clientX: x, clientY: y };
    this.follow();
    this.scrolling = setInterval(() => this.scrollAtEdges(), 30);
  }

  follow() {
    const { clientX: x, clientY: y } = this.last;
    if (this.carrying.how === "move" && this.tray.holds(x, y)) return this.carrying.propose("tray");
    const at = this.grid.at(x, y);
    if (!at) return;
    const below = document.elementsFromPoint(x, y).find((one) => one.closest(".board-body .block:not([data-carried])"));
    if (below && this.carrying.proposeOnto(below.closest(".block").dataset.code)) return;
    this.carrying.proposeAt(at, this.grip);
  }

  scrollAtEdges() {
    const { scroll } = this.grid, frame = scroll.getBoundingClientRect(), { clientX: x, clientY: y } = this.last;
    if (this.tray.holds(x, y)) return;
    const pull = (at, low, high) => (at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0) / 3;
    const before = [scroll.scrollLeft, scroll.scrollTop];
    scroll.scrollBy(pull(x, frame.left + this.grid.times.offsetWidth, frame.right), pull(y, frame.top + this.grid.heads.offsetHeight, frame.bottom));
    if (before[0] !== scroll.scrollLeft || before[1] !== scroll.scrollTop) this.follow();
  }

  release(event) {
    if (!this.pressed || event.pointerId !== this.pressed.id) return;
    const carried = this.carries;
    this.end();
    if (!carried) return;
    this.dragged = Date.now();
    this.carrying.drop();
  }

  // While the pointer carries, the keyboard can only give it up.
  key(event) {
    if (!this.carries) return;
    event.stopPropagation();
    event.preventDefault();
    if (event.key === "Escape") this.giveUp();
  }

  giveUp() {
    const carried = this.carries;
    this.end();
    if (carried) this.carrying.cancel();
  }

  end() {
    clearTimeout(this.timer);
    clearInterval(this.scrolling);
    this.pressed = undefined;
    this.carries = false;
    this.box.classList.remove("is-carrying");
  }

  // The click that ends a drag chooses nothing.
  afterDrag(event) {
    if (Date.now() - (this.dragged ?? 0) < 100) event.stopPropagation();
  }
}
