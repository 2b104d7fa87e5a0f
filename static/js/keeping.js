// Has the service worker at `worker` keep pages, and all that this one loads, so that they open without a network. The
// worker does it, not the page: who goes on to the next page at once has them all the same.

export async function keepPages(pages, { shelf, worker }) {
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const statics = [...new Set(loaded.filter((address) => new URL(address).pathname.startsWith("/static/")))];
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
  active.postMessage({ shelf, pages, statics }, [port2]);
  const fault = await answer;
  if (fault) throw new Error(fault);
}
