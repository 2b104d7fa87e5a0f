// The list by which this device decides alone: loaded in parts, kept up by differences, found by digest or by name.

import * as base from "./base.js";
import { clock, today } from "./clock.js";
import { server } from "./server.js";
import { setup } from "./setup.js";

const AFRESH = 30 * 60 * 1000;
const MOST_FOUND = 20;
const INSIDE = 6;

const fold = (text) => text.toLowerCase().replace(/./gu, (sign) => setup.folding[sign] ?? sign).split(/\s+/).filter(Boolean);

class People {
  constructor() {
    this.forget();
  }

  forget() {
    Object.assign(this, { rows: new Map(), tickets: new Map(), earlier: new Map(), mark: null, at: null, whole: 0, admitted: null, gate: null });
  }

  get size() {
    return this.rows.size;
  }

  async wake() {
    const [kept, rows] = await Promise.all([base.get("marks", "list"), base.all("people")]);
    if (!kept) return;
    if (setup.eraseAt && clock.now() > setup.eraseAt) return this.erase();
    Object.assign(this, kept, { admitted: kept.admitted && new Set(kept.admitted) });
    rows.forEach((row) => this.take(row));
  }

  take(row) {
    for (const hash of row[1]) {
      this.rows.delete(hash);
      this.earlier.set(hash, row);
    }
    this.rows.set(row[0][0], row);
    // A ticket printed under an earlier key of the server has a digest of its own.
    for (const hash of row[0]) this.tickets.set(hash, row);
  }

  byHash(hash) {
    const replaced = this.earlier.get(hash);
    return replaced ? { replaced } : { row: this.tickets.get(hash) };
  }

  byName(asked) {
    const words = fold(asked);
    if (!words.length) return [];
    const found = [];
    for (const row of this.rows.values()) {
      const name = fold(row[2]).join(" ");
      if (words.every((word) => name.includes(word)) && found.push(row) === MOST_FOUND) break;
    }
    return found.sort((one, other) => one[2].localeCompare(other[2]));
  }

  // Brings the list up to now; `onProgress` hears how much of it is there.
  async refresh(device, gate, onProgress) {
    const known = this.mark && this.gate === gate && Date.now() - this.whole < AFRESH;
    const { rows, told } = known ? await this.news(device, gate) : await this.everything(device, gate, onProgress);
    const drops = rows.flatMap((row) => row[1]);
    await base.write("people", { anew: !known, drops, puts: rows.map((row) => [row[0][0], row]) });
    if (!known) Object.assign(this, { rows: new Map(), tickets: new Map(), earlier: new Map(), whole: Date.now() });
    rows.forEach((row) => this.take(row));
    Object.assign(this, { mark: told.mark, at: told.now, gate, admitted: told.admitted && new Set(told.admitted) });
    await base.put("marks", "list", { mark: told.mark, at: told.now, whole: this.whole, gate, admitted: told.admitted });
    await clock.hear(told.now);
  }

  async news(device, gate) {
    const told = await server.people(device, { gate, since: this.mark });
    return { rows: told.rows, told };
  }

  async everything(device, gate, onProgress) {
    const first = await server.people(device, { gate });
    const rows = [...first.rows];
    for (let next = first.next; next; ) {
      onProgress(rows.length, first.total);
      const more = await server.people(device, { gate, from: next });
      rows.push(...more.rows);
      next = more.next;
    }
    return { rows, told: first };
  }

  // This device's own knowledge of who is in must not wait for the server's.
  async letIn(row, milliseconds, place) {
    row[INSIDE] = [...row[INSIDE].filter(([day]) => day !== today()), [today(), Math.round(milliseconds / 1000), place]];
    await base.put("people", row[0][0], row);
  }

  async putBack(row) {
    row[INSIDE] = row[INSIDE].filter(([day]) => day !== today());
    await base.put("people", row[0][0], row);
  }

  async erase() {
    this.forget();
    await globalThis.forgetPeople();
  }
}

export const people = new People();
