{% load static %}// Shows my forum and the ticket without a network, as they were when they were opened last. It rules over the folder that
// it lies in; what must be kept, the pages say (static/js/my-forum.js).

importScripts("{% static 'js/forgetting.js' %}", "{% static 'js/shelf.js' %}");

const SHELF = "my-forum";
const PATIENCE = 4000;
const scope = new URL(self.registration.scope);
const PAGES = ["", "ticket/"].map((path) => scope.pathname + path);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== scope.origin) return;
  if (request.mode === "navigate" && PAGES.includes(address.pathname)) {
    event.respondWith(freshOrKept(request, { patience: PATIENCE, heed: (answer) => heed(answer, address), asKept }));
  } else if (address.pathname.startsWith("/static/")) event.respondWith(keptOrFresh(request));
});

async function heed(answer, address) {
  if (isSignedOut(answer)) await forgetMyForum();
  // No ticket any more, or no such edition.
  else if (answer.status === 404) await (await caches.open(SHELF)).delete(address.origin + address.pathname);
}

// The page says from when it is: the sentence stands in it, hidden.
async function asKept(kept) {
  const page = (await kept.text()).replace("data-kept hidden", "data-kept");
  return new Response(page, { headers: kept.headers });
}
