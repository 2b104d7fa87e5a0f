// Keeps the page on this device, so that it opens without a network.

import { keepPages } from "../keeping.js";
import { setup } from "./setup.js";

// `decoder` reads QR codes where the browser itself cannot: it must be here before the network goes.
export async function keepPage(decoder) {
  if (!globalThis.BarcodeDetector) await import(decoder);
  const here = new URL(location.pathname, location.href).href;
  await keepPages([here], { shelf: "check-in", worker: setup.addresses.worker });
}
