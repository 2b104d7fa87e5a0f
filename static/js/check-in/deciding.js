// Whether somebody is let in, without a network: the same checks in the same order as forum/arrivals/deciding.py.

import { today } from "./clock.js";
import { fill, setup, timeOf } from "./setup.js";

const [STATE, DAYS, INSIDE] = [4, 5, 6];

// `row` is of the list; `ticket` is what was read, and absent where the person was found by name.
export function decide({ ticket, row, replaced, admitted }) {
  const day = today();
  if (ticket && !ticket.isTicket) return { verdict: "unknown" };
  if (ticket && !ticket.isOurs) return { verdict: "other_edition" };
  if (replaced) return { verdict: "replaced", row: replaced };
  if (!row) return { verdict: "unknown", unlisted: true };
  if (row[STATE]) return { verdict: row[STATE], row };
  if (day < 0 || (row[DAYS].length && !row[DAYS].includes(day))) return { verdict: "other_day", row };
  if (admitted && !row[0].some((hash) => admitted.has(hash))) return { verdict: "no_seat", row };
  const inside = row[INSIDE].find(([one]) => one === day);
  if (inside) return { verdict: "already_in", row, first: [inside[1] * 1000, inside[2]] };
  return { verdict: "welcome", row };
}

// The word that is read from afar, and what to do.
export function answerTo(verdict, { first, days } = {}) {
  const [word, hint] = setup.answers[verdict];
  const [moment, place] = first ?? [];
  const holds = days?.length ? days : setup.days.map((_day, index) => index);
  const titles = holds.filter((index) => index >= 0).map((index) => setup.days[index][1]);
  const known = verdict !== "already_in" || moment !== undefined;
  return [word, known ? fill(hint, { time: moment && timeOf(moment), place, days: titles.join("; ") || "—" }) : ""];
}
