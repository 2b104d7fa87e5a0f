// The desk's list under the keys that mail programs have; and a tick for the whole page.
// The list may be put anew at any time, so everything is looked up when it is needed.

const WAYS = { j: 1, k: -1 };

const rows = () => [...document.querySelectorAll("[data-row]")];
const boxOf = (row) => row.querySelector("input[name=registration]");
const here = () => rows().findIndex((row) => row.contains(document.activeElement));

function show() {
  for (const tool of document.querySelectorAll("[data-page], [data-keys]")) tool.hidden = false;
  mark();
}

function mark() {
  const boxes = rows().map(boxOf);
  for (const box of boxes) box.closest("tr").classList.toggle("is-ticked", box.checked);
  const page = document.querySelector("[data-page]");
  if (page) page.checked = boxes.length > 0 && boxes.every((box) => box.checked);
}

function move(step) {
  const list = rows();
  const place = here();
  const next = list[place < 0 ? 0 : Math.min(Math.max(place + step, 0), list.length - 1)];
  if (!next) return;
  boxOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function decide(step) {
  const button = document.querySelector(`[data-choose] [data-step="${step}"]`);
  if (button && rows().some((row) => boxOf(row).checked)) button.click();
}

const KEYS = {
  j: () => move(WAYS.j),
  k: () => move(WAYS.k),
  x: () => rows()[here()] && boxOf(rows()[here()]).click(),
  a: () => decide("approve"),
  d: () => decide("decline"),
  u: () => document.querySelector("[data-undo]")?.click(),
  "/": () => document.querySelector("#q")?.focus(),
};

document.addEventListener("keydown", (event) => {
  const types = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (types || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.name === "registration") {
    event.preventDefault();
    event.target.closest("tr").querySelector("th a")?.click();
    return;
  }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-page]")) for (const row of rows()) boxOf(row).checked = event.target.checked;
  if (event.target.closest("[data-choose]")) mark();
});

document.addEventListener("htmx:afterSettle", show);
show();
