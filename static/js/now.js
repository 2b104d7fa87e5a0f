// Renews what runs now every half minute; without a connection it says so and keeps what is there.
const PAUSE = 30_000;

async function renew() {
  const stale = document.querySelector("[data-stale]");
  try {
    const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Only what differs is replaced: a reader's focus and place stay where they are.
    for (const part of ["[data-time]", "[data-now]"]) {
      const fresh = page.querySelector(part);
      const shown = document.querySelector(part);
      if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...fresh.childNodes);
    }
    stale.hidden = true;
  } catch {
    stale.hidden = false;
  }
}

setInterval(() => document.hidden || renew(), PAUSE);
document.addEventListener("visibilitychange", () => document.hidden || renew());
