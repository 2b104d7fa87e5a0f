// The time, as the server has it: by how much this device's clock is slow is measured with every answer, and kept.

import { get, put } from "./base.js";
import { setup } from "./setup.js";

export const clock = {
  offset: 0,
  known: false,
  async wake() {
    const kept = await get("devices", "offset");
    if (kept !== undefined) Object.assign(this, { offset: kept, known: true });
  },
  now() {
    return Date.now() + this.offset;
  },
  async hear(server) {
    const offset = server - Date.now();
    if (this.known && Math.abs(offset - this.offset) < 1000) return;
    Object.assign(this, { offset, known: true });
    await put("devices", "offset", offset);
  },
};

// The place of today among the forum's days; -1 on any other day.
export function today() {
  const now = clock.now();
  const day = now >= setup.end ? -1 : setup.days.findLastIndex(([begins]) => begins <= now);
  return day < 0 && setup.anyDay ? 0 : day;
}
