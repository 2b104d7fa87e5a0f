{% load static %}// Shows the check-in page without a network. It rules over the folder that it lies in, and that is this page alone.
// What must be kept, the page says itself (static/js/check-in/offline.js); what is scanned, it keeps in IndexedDB.

importScripts("{% static 'js/forgetting.js' %}", "{% static 'js/shelf.js' %}");

const SHELF = "check-in";
const PATIENCE = 3000;
const page = new URL(self.registration.scope);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== page.origin) return;
  if (request.mode === "navigate" && address.pathname === page.pathname) event.respondWith(freshOrKept(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(keptOrFresh(request));
});

async function freshOrKept(request) {
  const kept = await caches.match(page.href);
  const asked = fetch(request);
  try {
    const answer = await (kept ? Promise.race([asked, late()]) : asked);
    if (answer.status >= 500 && kept) return kept;
    // Signed out, or no helper any more: the names must not stay. What waits to be sent does.
    if (answer.type === "opaqueredirect" || answer.redirected || [403, 404].includes(answer.status)) await forgetPeople();
    return answer;
  } catch (fault) {
    asked.catch(() => {});
    if (kept) return kept;
    throw fault;
  }
}

async function keptOrFresh(request) {
  return (await caches.match(request)) || fetch(request);
}

function late() {
  return new Promise((_resolve, reject) => setTimeout(reject, PATIENCE, new Error("The network is too slow.")));
}
