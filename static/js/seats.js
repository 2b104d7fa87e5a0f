// Brings what is the reader's own into pages that are kept for everybody.
// [data-seat] holds one session's seat and star; [data-marks] marks the programme's sessions.

const PART = { "X-Part": "1" };
const NOT_STARRED = new Set(["break", "check-in"]);

for (const box of document.querySelectorAll("[data-seat]")) show(box);
for (const box of document.querySelectorAll("[data-marks]")) mark(box);

async function show(box) {
  await replace(box, box.dataset.seat, { headers: PART });
  box.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-part]");
    if (!form || form.dataset.plain) return;
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.append(button.name, button.value);
    const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
    if (await replace(box, address, { method: "POST", headers: PART, body })) {
      box.querySelector("button")?.focus();
    } else {
      // The browser sends the form itself then, and shows what comes of it.
      form.dataset.plain = "1";
      form.requestSubmit(button);
    }
  });
}

async function replace(box, address, options) {
  try {
    const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(15_000) });
    if (answer.status !== 200 && answer.status !== 409) return false;
    box.innerHTML = await answer.text();
    return true;
  } catch {
    return false;
  }
}

async function mark(box) {
  let own;
  try {
    own = await (await fetch(box.dataset.marks, { signal: AbortSignal.timeout(15_000) })).json();
  } catch {
    return;
  }
  if (!own.token) return;
  const stars = new Set(own.stars);
  for (const slot of document.querySelectorAll(".slot")) {
    const link = slot.querySelector(".slot-title a");
    const code = link && new URL(link.href).pathname.split("/").slice(-2)[0];
    if (!code || slot.classList.contains("is-cancelled") || NOT_STARRED.has(slot.dataset.kind)) continue;
    const words = box.dataset[own.seats[code]];
    if (words) tags(slot).prepend(tag(words, own.seats[code] === "taken" ? "tag-good" : "tag-warn"));
    slot.append(star(box, code, link.textContent, stars.has(code), own.token));
  }
}

function tags(slot) {
  const found = slot.querySelector(".tags") ?? slot.appendChild(document.createElement("ul"));
  found.className = "tags";
  return found;
}

function tag(words, kind) {
  const made = document.createElement("li");
  made.className = `tag ${kind}`;
  made.textContent = words;
  return made;
}

function star(box, code, title, starred, token) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "slot-star no-print";
  const draw = (on) => {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "★" : "☆";
  };
  button.setAttribute("aria-label", `${box.dataset.star}: ${title}`);
  button.title = box.dataset.star;
  draw(starred);
  button.addEventListener("click", async () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    draw(on);
    const body = new URLSearchParams({ star: on ? "1" : "0" });
    const headers = { ...PART, "X-CSRFToken": token };
    const address = `${box.dataset.seats}${code}/star/`;
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    if (!answer?.ok) draw(!on);
  });
  return button;
}
