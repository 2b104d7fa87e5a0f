// Saves a number of places when one leaves its field, and shows what the server says of it there.
// What is posted is the page's own form, with the changed fields alone; the page that comes back tells the rest.

const PATIENCE = 20_000;
const form = document.querySelector("[data-quotas]");
const status = document.querySelector("[data-status]");
const asked = new WeakMap();
let queue = Promise.resolve();

const inputs = () => [...form.querySelectorAll("td[data-cell] input[id]")];
const seen = (input) => input.nextElementSibling.value;
const isChanged = (input) => input.value.trim() !== seen(input);

function say(words, wrong = false) {
  status.textContent = words;
  status.classList.toggle("is-wrong", wrong);
}

// One after the other: each save tells what the next one has seen.
function save(changed) {
  for (const input of changed) asked.set(input, input.value);
  queue = queue.then(() => send(changed.filter((input) => input.isConnected && isChanged(input))));
}

async function send(changed) {
  if (!changed.length) return;
  const sent = new Map(changed.map((input) => [input.name, input.value]));
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const input of changed) {
    body.set(input.name, input.value);
    body.set(input.nextElementSibling.name, seen(input));
    input.setAttribute("aria-busy", "true");
  }
  say(form.dataset.saving);
  try {
    const answer = await fetch(location.href, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-quotas]")) throw new Error(String(answer.status));
    renew(page, sent);
    const refusals = changed.map((input) => page.getElementById(input.id)?.closest("td").querySelector(".quota-error")?.textContent);
    const refused = refusals.filter(Boolean).join(" ");
    say(refused || page.querySelector(".messages")?.textContent.trim() || "", Boolean(refused));
  } catch {
    for (const input of changed) input.removeAttribute("aria-busy");
    say(form.dataset.away, true);
  }
}

// A field in which somebody has typed on since stays as it is, with what was seen there.
function renew(page, sent) {
  for (const part of document.querySelectorAll("[data-part]")) {
    part.replaceChildren(...page.querySelector(`[data-part=${part.dataset.part}]`).childNodes);
  }
  for (const fresh of page.querySelectorAll("[data-quotas] tbody td")) {
    const input = fresh.querySelector("input[id]");
    const old = input && document.getElementById(input.id);
    if (!old) continue;
    const isTyping = sent.has(old.name) ? old.value !== sent.get(old.name) : isChanged(old);
    if (isTyping) {
      old.removeAttribute("aria-busy");
      if (sent.has(old.name)) old.nextElementSibling.value = input.nextElementSibling.value;
    } else put(old.closest("td"), fresh);
  }
}

function put(old, fresh) {
  const had = old.querySelector("input[id]");
  const held = had === document.activeElement;
  const range = held && [had.selectionStart, had.selectionEnd];
  old.replaceWith(fresh);
  if (!held) return;
  const input = fresh.querySelector("input[id]");
  input.focus({ preventScroll: true });
  input.setSelectionRange(...range);
}

function neighbour(input, down, right) {
  const cell = input.closest("td");
  const row = cell.parentElement;
  const place = [...row.cells].indexOf(cell) + right;
  const line = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
  return line?.cells[place]?.querySelector("input[id]");
}

function go(input, down, right) {
  const next = neighbour(input, down, right);
  next?.focus();
  return Boolean(next);
}

function enter(input, up) {
  if (isChanged(input)) save([input]);
  go(input, up ? -1 : 1, 0);
  return true;
}

function giveUp(input) {
  input.value = seen(input);
  input.classList.remove("is-invalid");
  input.removeAttribute("aria-invalid");
  input.closest("td").querySelector(".quota-error")?.remove();
  input.select();
  return true;
}

form.addEventListener("focusin", (event) => event.target.matches("td input") && event.target.select());

form.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches("td input") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const { selectionStart: start, selectionEnd: end, value } = input;
  const whole = start === 0 && end === value.length;
  const moves = {
    ArrowUp: () => go(input, -1, 0),
    ArrowDown: () => go(input, 1, 0),
    ArrowLeft: () => (whole || (start === end && start === 0)) && go(input, 0, -1),
    ArrowRight: () => (whole || (start === end && end === value.length)) && go(input, 0, 1),
    Enter: () => enter(input, event.shiftKey),
    Escape: () => giveUp(input),
  };
  if (event.shiftKey && event.key !== "Enter") return;
  if (moves[event.key]?.()) event.preventDefault();
});

// What was refused is not asked for again by walking past it: that takes another number, Enter or the button.
form.addEventListener("change", ({ target }) => target.matches("td input") && asked.get(target) !== target.value && save([target]));

// A block of cells from a spreadsheet fills the fields from here on, to the right and down.
form.addEventListener("paste", (event) => {
  const input = event.target;
  const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
  if (!input.matches("td input") || (lines.length === 1 && lines[0].length === 1)) return;
  event.preventDefault();
  const filled = [];
  for (let row = input; row && lines.length; row = neighbour(row, 1, 0)) {
    const line = lines.shift();
    for (let cell = row; cell && line.length; cell = neighbour(cell, 0, 1)) {
      cell.value = line.shift().trim();
      filled.push(cell);
    }
  }
  save(filled);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save(inputs().filter(isChanged));
});
