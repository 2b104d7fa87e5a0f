// The one big answer: a colour, a sign, a word, who it is, and what to do. Never a colour alone.

import { answerTo } from "./deciding.js";
import { make, setup } from "./setup.js";
import { signal } from "./signals.js";

const SIGNS = { good: "✓", wait: "!", bad: "✕" };

export const kindOf = (verdict) => ({ welcome: "good", already_in: "wait" })[verdict] ?? "bad";

export class Answer {
  constructor(box) {
    this.box = box;
  }

  wait() {
    this.box.dataset.kind = "waiting";
  }

  // `told` is what the server or this device found: verdict, name, organisation, category, first, days, hint.
  show(told) {
    const [word, hint] = answerTo(told.verdict, told);
    const kind = kindOf(told.verdict);
    this.box.dataset.kind = kind;
    this.box.replaceChildren(
      make("p", { className: "answer-word" }, make("span", { className: "answer-sign", ariaHidden: "true", textContent: SIGNS[kind] }), word),
      ...lines(told).map(([className, textContent]) => make("p", { className, textContent })),
      ...[told.hint ?? hint].filter(Boolean).map((textContent) => make("p", { className: "answer-hint", textContent })),
    );
    signal(kind);
  }

  fail(sentence) {
    this.box.dataset.kind = "bad";
    this.box.replaceChildren(make("p", { className: "answer-hint", textContent: sentence }));
    signal("bad");
  }
}

function lines({ name, organisation, category }) {
  const found = [["answer-name", name], ["answer-category", setup.categories[category]], ["answer-organisation", organisation]];
  return found.filter(([_className, text]) => text);
}
