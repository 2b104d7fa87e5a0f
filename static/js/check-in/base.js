// What lasts on this device: IndexedDB, one base for all editions, whose keys begin with the edition.
// people: the list · marks: how far it is known · queue: what waits to be sent · log: the last scans · devices: this one's key

import { setup } from "./setup.js";

const STORES = ["people", "marks", "queue", "log", "devices"];
const prefix = `${setup.edition}/`;
const own = IDBKeyRange.bound(prefix, `${prefix}\uffff`);

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("check-in", 1);
  asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store));
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

export const ready = () => opened;

// Runs `work` on a store and waits until the disk has it.
async function within(name, mode, work) {
  const base = await opened;
  return new Promise((resolve, reject) => {
    const going = base.transaction(name, mode, { durability: "strict" });
    const asked = work(going.objectStore(name));
    going.oncomplete = () => resolve(asked?.result);
    going.onabort = going.onerror = () => reject(going.error);
  });
}

export const get = (store, key) => within(store, "readonly", (one) => one.get(prefix + key));
export const all = (store) => within(store, "readonly", (one) => one.getAll(own));
export const put = (store, key, value) => within(store, "readwrite", (one) => void one.put(value, prefix + key));
export const drop = (store, key) => within(store, "readwrite", (one) => void one.delete(prefix + key));
export const clear = (store) => within(store, "readwrite", (one) => void one.delete(own));

// Puts and drops many at once: all of it, or nothing.
export const write = (store, { puts = [], drops = [], anew = false }) =>
  within(store, "readwrite", (one) => {
    if (anew) one.delete(own);
    for (const key of drops) one.delete(prefix + key);
    for (const [key, value] of puts) one.put(value, prefix + key);
  });
