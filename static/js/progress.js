// Shows how far a worker is: asks for the part of the page again while something in it is being made.
const PAUSE = 1500;
const place = document.querySelector("[data-progress]");

async function renew() {
  try {
    const answer = await fetch(place.dataset.progress, { cache: "no-cache", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    // Each answer has forms with tokens of its own; only what one reads is worth losing the focus.
    if (fresh.textContent !== place.textContent) place.replaceChildren(...fresh.childNodes);
  } catch {
    // The next time answers; what is shown stays.
  }
}

setInterval(() => document.hidden || !place.querySelector("[data-running]") || renew(), PAUSE);
