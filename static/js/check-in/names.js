// Finds people by name: the server knows more of them, and the device's list goes on without it.

import { answerTo, decide } from "./deciding.js";
import { people } from "./people.js";
import { server } from "./server.js";
import { make, say, setup, timeOf } from "./setup.js";

export class Names {
  constructor({ form, list, gate, onChosen }) {
    Object.assign(this, { list, gate, onChosen });
    this.field = form.querySelector("input");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), 300);
    });
  }

  async search() {
    clearTimeout(this.timer);
    const asked = this.field.value.trim();
    const found = asked.length > 1 ? await this.find(asked) : [];
    // Somebody typed on while the server looked.
    if (asked !== this.field.value.trim()) return;
    const none = asked.length > 1 ? [make("li", { textContent: say("none_found") })] : [];
    this.list.replaceChildren(...(found.length ? found.map((one) => this.line(one)) : none));
  }

  async find(asked) {
    if (navigator.onLine) {
      const told = await server.search(asked, this.gate()).catch(() => null);
      if (told) return told.found.map((one) => ({ ...one, who: { code: one.code, hash: one.hash } }));
    }
    return people.byName(asked).map((row) => ({ ...known(row), who: { hash: row[0][0] } }));
  }

  line(one) {
    const about = [setup.categories[one.category], one.organisation, standing(one)].filter(Boolean).join(" · ");
    const button = make("button", { type: "button", className: "btn btn-secondary", textContent: say("check_in") });
    button.setAttribute("aria-label", `${say("check_in")}: ${one.name}`);
    button.addEventListener("click", () => {
      this.field.value = "";
      this.list.replaceChildren();
      this.onChosen(one.who);
    });
    return make("li", {}, make("div", {}, make("strong", { textContent: one.name }), make("p", { textContent: about })), button);
  }
}

function known(row) {
  const { verdict, first } = decide({ row });
  return { name: row[2], category: row[3], state: row[4], first: verdict === "already_in" ? first : null };
}

function standing({ state, first }) {
  if (state) return answerTo(state)[0];
  return first ? say("inside", { time: timeOf(first[0]), place: first[1] }) : "";
}
