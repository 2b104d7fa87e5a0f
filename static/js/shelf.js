// What service workers share that show kept pages where the network fails. No module: workers import it.

// What a page asks to be kept (static/js/keeping.js) is put on a shelf; the page hears when that is done.
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

// Shows a page fresh; as it is kept where the network fails, takes longer than `patience` milliseconds, or the server
// is away. `heed` is told each answer; `asKept` may change what is shown instead.
globalThis.freshOrKept = async (request, { patience, heed, asKept = (page) => page }) => {
  const { origin, pathname } = new URL(request.url);
  const kept = await caches.match(origin + pathname);
  const asked = fetch(request);
  try {
    const answer = await (kept ? Promise.race([asked, late(patience)]) : asked);
    if (answer.status >= 500 && kept) return asKept(kept);
    await heed(answer);
    return answer;
  } catch (fault) {
    asked.catch(() => {});
    if (kept) return asKept(kept);
    throw fault;
  }
};

globalThis.keptOrFresh = async (request) => (await caches.match(request)) || fetch(request);

// Whether the server sent to the sign-in: what is one person's must not stay for the next.
globalThis.isSignedOut = (answer) => answer.type === "opaqueredirect" || answer.redirected;

function late(patience) {
  return new Promise((_resolve, reject) => setTimeout(reject, patience, new Error("The network is too slow.")));
}
