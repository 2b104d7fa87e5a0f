// What the board knows: the draft as the server told it, and what is moved here and not answered yet.
//
// `place` is where a session is shown, `known` where the server last said that it stands.

import { samePlace, overlap, iso } from "./times.js";

export const SEVERITY = ["ignored", "warns", "blocks_release", "blocks_placing"];

const AGAIN = 500;

export class Store extends EventTarget {
  constructor(server) {
    super();
    this.server = server;
    this.sessions = new Map();
    this.findings = [];
    this.foreign = new Map(); // of sessions that were moved elsewhere, the version at which we heard of it
    this.waiting = 0;
    this.queue = Promise.resolve();
  }

  async read() {
    const told = await this.server.state();
    const pending = this.sessions;
    this.sessions = new Map(told.sessions.map((one) => [one.code, { ...one, known: one.place, pending: 0 }]));
    for (const [code, old] of pending) {
      const now = this.sessions.get(code);
      if (now && old.pending) Object.assign(now, { place: old.place, pending: old.pending });
    }
    for (const name of ["days", "rooms", "tracks", "kinds"]) this[name] = told[name];
    this.roomsByCode = new Map(this.rooms.map((room) => [room.code, room]));
    this.daysByDate = new Map(this.days.map((day) => [day.date, day]));
    this.tracksByCode = new Map(this.tracks.map((track) => [track.code, track]));
    this.kindsByCode = new Map(this.kinds.map((kind) => [kind.code, kind.name]));
    this.mark(told);
    this.known = false;
    this.tell("read");
    this.readFindings();
  }

  // They take the server longer than the draft, which one may work on meanwhile.
  async readFindings() {
    const told = await this.server.findings(this).catch(() => ({}));
    if (!told.findings) return;
    if (told.version !== this.version) return void setTimeout(() => this.readFindings(), AGAIN);
    this.find(told.findings);
    this.tell("changed", { codes: [] });
  }

  // All warnings, or what came and what went since the last answer; the most severe first.
  find({ whole, come, gone }) {
    // What went and came says nothing to who does not know the rest yet; that is on its way.
    if (!whole && !this.known) return;
    this.known = true;
    const left = new Set(gone);
    const kept = whole ? [] : this.findings.filter(({ name }) => !left.has(name));
    this.findings = [...come, ...kept].sort((one, other) => SEVERITY.indexOf(other.level) - SEVERITY.indexOf(one.level));
  }

  mark(told) {
    for (const name of ["version", "stamp", "can_undo", "can_redo"]) {
      if (name in told) this[name] = told[name];
    }
    if (told.findings) this.find(told.findings);
    this.heard = Date.now();
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  session = (code) => this.sessions.get(code);
  placed = () => [...this.sessions.values()].filter((one) => one.place);
  tray = () => [...this.sessions.values()].filter((one) => !one.place);
  // Those that would stand in the same room at the same time.
  beside = (place, but = []) =>
    this.placed().filter((one) => !but.includes(one.code) && overlap(one.place, place));

  // What the server said since: others' moves, and one's own as they were written: those of the `codes` just sent.
  hear(told, codes) {
    const moved = [];
    for (const change of told.changes) {
      if (!change.mine || !codes.includes(change.session)) this.foreign.set(change.session, told.version);
      const session = this.sessions.get(change.session);
      if (!session) continue;
      session.known = change.place;
      if (session.pending) continue;
      if (!samePlace(session.place, change.place)) moved.push(change.session);
      session.place = change.place;
    }
    this.mark(told);
    this.tell("changed", { codes: moved });
    const others = told.changes.filter((change) => !change.mine);
    if (others.length) this.tell("others", { changes: others });
    return told.reread ? this.read() : undefined;
  }

  // Shows the moves at once and sends them; a refusal puts everything back. `seen` is the version on which they were
  // begun: what somebody else moved while it was in the hand is refused by the server, and not overwritten.
  move(moves, seen = this.version) {
    const changing = moves.filter(({ code, place }) => !samePlace(this.session(code).place, place));
    if (!changing.length) return Promise.resolve(true);
    for (const { code, place } of changing) {
      const session = this.session(code);
      session.place = place;
      session.pending += 1;
    }
    this.tell("changed", { codes: changing.map(({ code }) => code) });
    const told = changing.map(({ code, place }) => place
      ? { session: code, room: place.room, start: iso(place.day, place.start), minutes: place.minutes }
      : { session: code, room: null });
    const codes = changing.map(({ code }) => code);
    const base = () => (codes.some((code) => (this.foreign.get(code) ?? 0) > seen) ? seen : this.version);
    return this.send(() => this.server.moves(told, this, base()), codes);
  }

  undo = () => this.send(() => this.server.undo(this), []);
  redo = () => this.send(() => this.server.redo(this), []);

  // One after the other, so that each is made on the version that the one before left.
  send(ask, codes) {
    this.waiting += 1;
    const sent = this.queue.then(() => this.answered(ask, codes));
    this.queue = sent.catch(() => {});
    return sent;
  }

  async answered(ask, codes) {
    let told;
    try {
      told = await ask();
    } catch (fault) {
      this.settle(codes, false);
      this.tell("refused", { codes, fault });
      return false;
    }
    this.settle(codes, told.status === 200);
    if (told.changes) await this.hear(told, codes);
    if (told.status !== 200) this.tell("refused", { codes, error: told.error, meanwhile: told.meanwhile ?? [] });
    return told.status === 200;
  }

  settle(codes, done) {
    this.waiting -= 1;
    for (const code of codes) {
      const session = this.sessions.get(code);
      if (!session) continue;
      session.pending -= 1;
      if (!done && !session.pending) session.place = session.known;
    }
    if (!done) this.tell("changed", { codes });
  }
}
