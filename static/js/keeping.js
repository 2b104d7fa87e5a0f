// Keeps pages and all that this one loads on this device, so that they open without a network: a service worker, whose
// address is `worker`, serves them from the shelf.

export async function keepPages(pages, { shelf: name, worker }) {
  await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  const shelf = await caches.open(name);
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const wanted = new Set(loaded.filter(isStatic));
  const kept = (await shelf.keys()).map(({ url }) => url);
  await shelf.addAll([...pages, ...[...wanted].filter((address) => !kept.includes(address))]);
  // Of an earlier version: nobody asks for it any more.
  const old = kept.filter((url) => isStatic(url) && !wanted.has(url));
  await Promise.all(old.map((url) => shelf.delete(url)));
}

function isStatic(address) {
  return new URL(address).pathname.startsWith("/static/");
}
