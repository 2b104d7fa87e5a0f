// Says what happens: to eyes in the status line, to screen readers in a live region; refusals stay until they are closed.

import { make, say } from "./words.js";

const PAUSE = 250;
const MOST_NOTES = 4;

export class Speech {
  constructor(box) {
    for (const name of ["status", "live", "notes"]) this[`${name}Box`] = box.querySelector(`[data-board-${name}]`);
  }

  status(text, level = "fine") {
    this.statusBox.textContent = text;
    this.statusBox.dataset.level = level;
    this.aloud(text);
  }

  // Only the last of what follows fast: nobody hears out twenty places that a hand passed over.
  aloud(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.liveBox.textContent = text; }, PAUSE);
  }

  // The note is an alert, which is read aloud by itself; the status must not go on telling what was wished.
  refuse(...sentences) {
    this.status(sentences[0], "blocks_placing");
    clearTimeout(this.timer);
    this.liveBox.textContent = "";
    this.forget(sentences);
    this.note("error", sentences);
  }

  // What is said again is said once: the older notes let go of it.
  forget(sentences) {
    for (const note of [...this.notesBox.children]) {
      for (const said of note.querySelectorAll("p")) if (sentences.includes(said.textContent)) said.remove();
      if (!note.querySelector("p")) note.remove();
    }
  }

  note(level, sentences) {
    const close = make("button", { type: "button", className: "board-note-close", textContent: "×", ariaLabel: say("close") });
    const note = make("div", { className: `note note-${level}`, role: level === "error" ? "alert" : "status" },
      ...sentences.map((text) => make("p", { textContent: text })), close);
    close.addEventListener("click", () => note.remove());
    this.notesBox.append(note);
    while (this.notesBox.children.length > MOST_NOTES) this.notesBox.firstChild.remove();
    if (level !== "error") setTimeout(() => note.remove(), 12000);
  }
}
