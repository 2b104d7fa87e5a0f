// A display in a hall. It asks for the programme every half minute, and finds by its own clock, set
// by the server's, what runs: a lost network takes nothing away, and the display says how old it is.
const PAUSE = 30_000;
const OLD = 90_000;
const TURN = 15_000;
const MOST_ROWS = 6;
const LANGUAGES = ["kk", "ru", "en"];

const main = document.querySelector("[data-screen]");
const parts = Object.fromEntries(["name", "clock", "body", "stale"].map((name) => [name, main.querySelector(`[data-${name}]`)]));
let programme = null;
let answered = Date.now();
let ahead = 0;
let drawn = "";

const now = () => Date.now() + ahead;
const clock = (moment) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: programme.zone }).format(moment);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

async function ask() {
  try {
    const answer = await fetch(main.dataset.screen, { cache: "no-cache", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    programme = await answer.json();
    answered = Date.now();
    const told = Date.parse(answer.headers.get("Date") ?? "");
    // The header counts whole seconds; what is within two of them is no difference.
    ahead = Math.abs(told - answered) > 2_000 ? told - answered : 0;
  } catch {
    // What was there is shown on; `draw` says how old it is.
  }
  draw();
}

function look(sessions) {
  const at = now();
  const running = sessions.filter((one) => one.start <= at && at < one.end);
  const later = sessions.filter((one) => one.start > at).sort((one, other) => one.start - other.start);
  const rooms = new Set();
  const next = later.filter((one) => one.day === later[0].day && (main.dataset.room || (!rooms.has(one.room) && rooms.add(one.room))));
  const past = sessions.filter((one) => one.end <= at);
  let state = "running";
  if (!sessions.length) state = "empty";
  else if (!running.length) {
    if (!later.length) state = "over";
    else if (!past.length) state = "before";
    else state = past.some((one) => one.day === later[0].day) ? "pause" : "night";
  }
  return { running, next, state };
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function row(session, language, room) {
  const made = element("li", "screen-row", "");
  const track = programme.tracks[session.track];
  if (track) made.classList.add(`track-${track.colour}`);
  made.append(element("p", "screen-when", `${session.from}–${session.to}`));
  const what = element("div", "screen-what", "");
  what.append(element(session.cancelled ? "s" : "p", "screen-title", session.title[language]));
  const about = [room && room.name[language], track && track.name[language]].filter(Boolean).join(" · ");
  if (about) what.append(element("p", "screen-about", about));
  if (session.cancelled) what.append(element("p", "screen-cancelled", programme.words[language].cancelled));
  made.append(what);
  return made;
}

function list(title, sessions, language, turn, most) {
  const section = document.createElement("section");
  section.append(element("h2", "", title));
  const rows = element("ul", "screen-rows", "");
  const pages = Math.ceil(sessions.length / most);
  const page = pages ? Math.floor(turn / LANGUAGES.length) % pages : 0;
  for (const session of sessions.slice(page * most, (page + 1) * most)) {
    const room = main.dataset.room ? null : programme.rooms.find((one) => one.code === session.room);
    rows.append(row(session, language, room));
  }
  section.append(rows);
  return section;
}

function sentence(state, next, words, language) {
  const first = next[0];
  const values = first && { day: programme.days[first.day][language], time: first.from };
  if (main.dataset.room && state !== "empty") return state === "over" ? words.room_over : words.room_free;
  return fill(words[state], values ?? {});
}

function draw() {
  if (!programme) return;
  const turn = Math.floor(now() / TURN);
  const language = LANGUAGES[turn % LANGUAGES.length];
  const words = programme.words[language];
  const room = programme.rooms.find((one) => one.code === main.dataset.room);
  const { running, next, state } = look(programme.sessions.filter((one) => !room || one.room === room.code));
  parts.clock.textContent = clock(now());
  const old = Date.now() - answered > OLD;
  parts.stale.hidden = !old;
  if (old) parts.stale.textContent = fill(words.stale, { time: clock(answered + ahead) });
  // Drawn anew only when something else is to be seen, so that nothing flickers.
  const seen = JSON.stringify([programme.release, turn, state, running, next]);
  if (seen === drawn) return;
  drawn = seen;
  document.documentElement.lang = language;
  parts.name.textContent = room ? room.name[language] : programme.name[language];
  for (let most = MOST_ROWS; most > 0; most -= 1) {
    const body = state === "running" ? [list(words.now, running, language, turn, most)] : [element("p", "screen-sentence", sentence(state, next, words, language))];
    if (next.length) body.push(list(words.next, next, language, turn, most));
    parts.body.replaceChildren(...body);
    // Nobody scrolls a display: what does not fit comes in its turn. A phone's reader does scroll.
    if (innerWidth <= 600 || document.documentElement.scrollHeight <= innerHeight) break;
  }
}

ask();
setInterval(ask, PAUSE);
setInterval(draw, 1_000);
addEventListener("online", ask);
