// Which columns are shown, how wide and high everything is, and what lies where: no element is touched here.

export const ROW = 24;
const AXIS = 56;
const NARROWEST = { day: 132, all: 104 };

export class Columns {
  // `view` is a day's date, or "all"; `step` the minutes of a row.
  constructor(store, { view, step, whole, width }) {
    this.store = store;
    this.step = step;
    this.days = view === "all" ? store.days : [store.daysByDate.get(view) ?? store.days[0]];
    this.all = this.days.flatMap((day) => store.rooms.map((room) => ({ day, room, key: `${day.date} ${room.code}` })));
    this.places = new Map(this.all.map((column, index) => [column.key, index]));
    const least = NARROWEST[view === "all" ? "all" : "day"];
    this.width = Math.max(least, Math.floor((width - AXIS) / Math.max(1, this.all.length)));
    this.first = Math.min(...this.days.map((day) => (whole ? day.opens : day.first)));
    this.last = Math.max(...this.days.map((day) => (whole ? day.closes : day.last)));
    for (const session of store.placed()) this.hold(session.place);
    this.first = Math.floor(this.first / 60) * 60;
    this.last = Math.ceil(this.last / 60) * 60;
  }

  hold(place) {
    if (!this.days.some((day) => day.date === place.day)) return;
    this.first = Math.min(this.first, place.start);
    this.last = Math.max(this.last, place.start + place.minutes);
  }

  get height() { return this.down(this.last); }
  get pixels() { return ROW / this.step; }

  index = (place) => this.places.get(`${place.day} ${place.room}`);
  across = (index) => index * this.width;
  down = (minute) => (minute - this.first) * this.pixels;
  minuteAt = (y) => this.first + y / this.pixels;
  columnAt = (x) => this.all[Math.min(this.all.length - 1, Math.max(0, Math.floor(x / this.width)))];

  // Puts what stands in one room at the same time side by side: code -> [lane, of how many].
  lanes(sessions) {
    const found = new Map();
    for (const together of group(sessions, (one) => this.index(one.place)).values()) {
      together.sort((one, other) => one.place.start - other.place.start || one.code.localeCompare(other.code));
      let cluster = [], end = -Infinity;
      const close = () => cluster.forEach(({ code, lane }) => found.set(code, [lane, Math.max(...cluster.map((one) => one.lane)) + 1]));
      for (const session of together) {
        if (session.place.start >= end) {
          close();
          cluster = [];
        }
        const taken = new Set(cluster.filter((one) => one.end > session.place.start).map((one) => one.lane));
        let lane = 0;
        while (taken.has(lane)) lane += 1;
        const finish = session.place.start + session.place.minutes;
        cluster.push({ code: session.code, lane, end: finish });
        end = Math.max(end, finish);
      }
      close();
    }
    return found;
  }
}

function group(sessions, keyOf) {
  const groups = new Map();
  for (const session of sessions) {
    const key = keyOf(session);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(session);
  }
  return groups;
}
