// Asks the server. What cannot be reached throws Unreachable; who may not (any more) is told apart by name.

import { setup } from "./setup.js";

export class Unreachable extends Error {}
export class SignedOut extends Error {}
export class NotAllowed extends Error {}
export class Revoked extends Error {}
export class Forgotten extends Error {}
export class Refused extends Error {}

const PATIENCE = 15000;
const FAULTS = { 403: SignedOut, 404: NotAllowed, 409: Forgotten, 410: Revoked };

// Of the cookie and not of the page: the page may lie here since before the last sign-in.
const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

async function fetched(address, { patience = PATIENCE, headers = {}, ...options } = {}) {
  try {
    return await fetch(address, { ...options, redirect: "manual", headers, signal: AbortSignal.timeout(patience) });
  } catch (error) {
    throw new Unreachable(error.message);
  }
}

async function asked(name, { query = "", device, ...options } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": token(), ...(device && { "X-Device": device }) };
  const answer = await fetched(setup.addresses[name] + query, { ...options, headers });
  if (answer.status >= 500 || answer.type === "opaqueredirect") throw new Unreachable(String(answer.status));
  let told;
  try {
    told = await answer.json();
  } catch {
    told = {};
  }
  if (answer.ok) return told;
  const Fault = FAULTS[answer.status] ?? Refused;
  throw new Fault(told.error ?? String(answer.status));
}

export const server = {
  enrol: (name) => asked("enrol", { method: "POST", body: new URLSearchParams({ name }) }),
  people: (device, query) => asked("people", { device, query: `?${new URLSearchParams(query)}` }),
  search: (q, gate) => asked("search", { query: `?${new URLSearchParams({ q, gate })}`, patience: 4000 }),
  undo: (nonce, reason) => asked("undo", { method: "POST", body: new URLSearchParams({ nonce, reason }) }),
  scans: (device, scans, patience) =>
    asked("scans", { device, patience, method: "POST", body: JSON.stringify({ clock: Date.now(), scans }) }),
  // Returns undefined where the numbers are the same as before.
  async counts(etag) {
    const answer = await fetched(setup.addresses.counts, { headers: etag ? { "If-None-Match": etag } : {} });
    return answer.status === 200 ? { html: await answer.text(), etag: answer.headers.get("ETag") } : undefined;
  },
};
