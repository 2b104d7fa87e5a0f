// Keeps the page and all that it loads on this device, so that it opens without a network.

import { setup } from "./setup.js";

const SHELF = "check-in";

// `decoder` reads QR codes where the browser itself cannot: it must be here before the network goes.
export async function keepPage(decoder) {
  if (!globalThis.BarcodeDetector) await import(decoder);
  await navigator.serviceWorker.register(setup.addresses.worker);
  await navigator.serviceWorker.ready;
  const shelf = await caches.open(SHELF);
  const here = new URL(location.pathname, location.href).href;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const wanted = new Set(loaded.filter((address) => new URL(address).pathname.startsWith("/static/")));
  const kept = (await shelf.keys()).map(({ url }) => url);
  await shelf.addAll([here, ...[...wanted].filter((address) => !kept.includes(address))]);
  // Of an earlier version: nobody asks for it any more.
  const old = kept.filter((url) => new URL(url).pathname.startsWith("/static/") && !wanted.has(url));
  await Promise.all(old.map((url) => shelf.delete(url)));
}
