// The warnings: a list of sentences that lead to their blocks, and marks on the blocks themselves.

import { SEVERITY } from "./store.js";
import { make, say } from "./words.js";

const SHOWN = 30;

export class Findings {
  constructor(store, blocks, box, { onFocus }) {
    Object.assign(this, { store, blocks, onFocus, whole: false });
    this.element = box.querySelector("[data-board-findings]");
    for (const name of ["list", "count", "more"]) this[name] = this.element.querySelector(`[data-findings-${name}]`);
    this.more.addEventListener("click", () => {
      this.whole = true;
      this.draw();
    });
  }

  // A block counts what another place would mend; what it lacks anywhere stands in the list alone.
  mark() {
    this.blocks.marks = new Map();
    for (const finding of this.store.findings) {
      if (!finding.placing) continue;
      for (const code of finding.sessions) {
        const mark = this.blocks.marks.get(code) ?? { level: "warns", count: 0, sentence: finding.sentence };
        mark.count += 1;
        if (SEVERITY.indexOf(finding.level) > SEVERITY.indexOf(mark.level)) Object.assign(mark, { level: finding.level, sentence: finding.sentence });
        this.blocks.marks.set(code, mark);
      }
    }
  }

  draw() {
    const { findings } = this.store;
    const shown = this.whole ? findings : findings.slice(0, SHOWN);
    this.count.textContent = findings.length;
    this.list.replaceChildren(...shown.map((finding) => this.item(finding)));
    this.list.dataset.nothing = say("no_findings");
    this.more.hidden = shown.length === findings.length;
  }

  item(finding) {
    const item = make("li", { className: `finding is-${finding.level}` },
      make("span", { className: "finding-level", textContent: finding.level_name }), make("p", { textContent: finding.sentence }));
    const links = finding.sessions.filter((code) => this.store.session(code)).map((code) => {
      const link = make("button", { type: "button", className: "link-button", textContent: this.store.session(code).title });
      link.addEventListener("click", () => this.onFocus(code));
      return link;
    });
    const away = finding.links.map(({ label, address }) => make("a", { href: address, textContent: label }));
    item.append(make("div", { className: "finding-links" }, ...links, ...away));
    return item;
  }

  of = (code) => this.store.findings.filter((finding) => finding.sessions.includes(code));
}
