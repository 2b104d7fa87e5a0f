// What a camera or a scanner read: the ticket in it, as the server reads it (forum/tickets/codes.py), but for the seal.

import { setup } from "./setup.js";

const TICKET = /(?:^|[^A-Z0-9])(CF1\.[A-Z0-9$-]+\.[A-Z0-9]+\.[1-9][0-9]{0,4}\.[A-Z2-7]{16})(?![A-Z0-9])/;
const MOST_SIGNS = 500;

// A scanner is a keyboard to the computer: with the Kazakh or the Russian layout on, other signs come than it types.
const KEYS = "qwertyuiopasdfghjklzxcvbnm.";
const RUSSIAN = "йцукенгшщзфывапролдячсмитью";
const DIGITS = { '"': "1", ә: "2", і: "3", ң: "4", ғ: "5", ",": "6", ".": "7", ү: "8", ұ: "9", қ: "0", ө: "-", "№": "3", ";": "4" };

function untyped(text) {
  if (!text.includes("ю")) return text;
  return [...text].map((sign) => (RUSSIAN.includes(sign) ? KEYS[RUSSIAN.indexOf(sign)] : (DIGITS[sign] ?? sign))).join("");
}

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Returns what to send, and whether it looks like a ticket, and of this edition.
export function read(text) {
  const raw = text.trim().slice(0, MOST_SIGNS);
  const found = TICKET.exec(unescaped(untyped(raw.toLowerCase())).toUpperCase());
  return { payload: found?.[1] ?? raw, isTicket: Boolean(found), isOurs: Boolean(found?.[1].startsWith(setup.beginning)) };
}

export async function hashOf(payload) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(payload));
  const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").slice(0, setup.hashSigns);
}
