{% load static %}// Shows the check-in page without a network. It rules over the folder that it lies in, and that is this page alone.
// What must be kept, the page says itself (static/js/check-in/offline.js); what is scanned, it keeps in IndexedDB.

importScripts("{% static 'js/forgetting.js' %}", "{% static 'js/shelf.js' %}");

const PATIENCE = 3000;
const page = new URL(self.registration.scope);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== page.origin) return;
  if (request.mode === "navigate" && address.pathname === page.pathname) event.respondWith(freshOrKept(request, { patience: PATIENCE, heed }));
  else if (address.pathname.startsWith("/static/")) event.respondWith(keptOrFresh(request));
});

// Signed out, or no helper any more: the names must not stay. What waits to be sent does.
async function heed(answer) {
  if (isSignedOut(answer) || [403, 404].includes(answer.status)) await forgetPeople();
}
