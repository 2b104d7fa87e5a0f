// What a service worker is asked to keep (static/js/keeping.js), it puts on a shelf. No module: workers import it.

self.addEventListener("message", (event) => {
  const [page] = event.ports;
  const kept = keep(event.data).then(
    () => page.postMessage(""),
    (fault) => page.postMessage(String(fault)),
  );
  event.waitUntil(kept);
});

async function keep({ shelf: name, pages, statics }) {
  const shelf = await caches.open(name);
  const kept = (await shelf.keys()).map(({ url }) => url);
  await shelf.addAll([...pages, ...statics.filter((address) => !kept.includes(address))]);
  // Of an earlier version: nobody asks for it any more.
  const old = kept.filter((url) => new URL(url).pathname.startsWith("/static/") && !statics.includes(url));
  await Promise.all(old.map((url) => shelf.delete(url)));
}
