// Keeps my forum and the ticket on this device: both open at the door, where the network is bad.

import { keepPages } from "./keeping.js";

const { worker, pages } = document.querySelector("[data-kept]").dataset;

// A browser without service workers, or one that keeps nothing, shows the pages all the same.
if (navigator.serviceWorker && globalThis.caches) {
  const addresses = pages.split(" ").map((path) => new URL(path, location.href).href);
  keepPages(addresses, { shelf: "my-forum", worker }).catch((fault) => console.warn("My forum is not kept here.", fault));
}
