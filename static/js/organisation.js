// Turns the search for an organisation into a combobox (WAI-ARIA 1.2): results come while one types.
// The radio buttons stay what is sent; without this script the "Find" button brings them.

const PAUSE = 250;
const SHORTEST = 2;

for (const box of document.querySelectorAll("[data-organisation]")) setUp(box);

function setUp(box) {
  const input = box.querySelector("[data-organisation-input]");
  const results = box.querySelector("[data-organisation-results]");
  const details = box.querySelector("[data-organisation-new]");
  const list = make("ul", { id: `${input.id}_list`, role: "listbox", className: "combobox-list" });
  const status = make("p", { role: "status", className: "visually-hidden" });
  // In the page and not over it: it would cover the very buttons that it speaks of.
  const nothing = make("p", { className: "note note-warning", textContent: box.dataset.none, hidden: true });
  nothing.dataset.organisationNothing = "";
  list.hidden = true;
  list.setAttribute("aria-label", input.labels[0].textContent);
  input.closest(".combobox").append(list, nothing, status);
  box.querySelector("[data-organisation-find]").hidden = true;
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

  let timer, request, active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = (found) => {
    list.replaceChildren(...found.map((row, place) => option(row, `${list.id}_${place}`)));
    list.hidden = !found.length;
    nothing.hidden = found.length > 0;
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? String(found.length) : box.dataset.none;
  };

  const choose = (item) => {
    results.replaceChildren(radio(item.dataset.id, item.firstChild.textContent, item.lastChild.textContent));
    input.value = item.firstChild.textContent;
    status.textContent = input.value;
    close();
  };

  const move = (step) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    active = (active + step + options.length) % options.length;
    options.forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };

  const search = async () => {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.url}?q=${encodeURIComponent(input.value)}`, { signal: request.signal });
      const data = await answer.json();
      if (answer.ok) show(data.results);
      else status.textContent = data.error;
    } catch (error) {
      if (error.name !== "AbortError") box.querySelector("[data-organisation-find]").hidden = false;
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) {
      nothing.hidden = true;
      return close();
    }
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (active >= 0) choose(list.querySelectorAll("[role=option]")[active]);
    } else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[role=option]");
    event.preventDefault();
    if (item) choose(item);
  });
  box.addEventListener("change", (event) => {
    if (event.target.name === "organisation") details.open = event.target.value === "new";
  });
}

function option(row, id) {
  const item = make("li", { id, className: "combobox-option" });
  set(item, { role: "option", "aria-selected": "false" });
  item.dataset.id = row.id;
  item.append(make("span", { textContent: row.name }), make("span", { className: "quiet small", textContent: row.note }));
  return item;
}

function radio(id, name, note) {
  const input = make("input", { type: "radio", name: "organisation", value: id, id: `organisation_${id}`, checked: true });
  const label = make("label", { htmlFor: input.id, textContent: `${name} ` });
  label.append(make("span", { className: "quiet", textContent: note }));
  input.className = "form-check-input";
  label.className = "form-check-label";
  const line = make("div", { className: "form-check" });
  line.append(input, label);
  return line;
}

function make(tag, properties) {
  const { role, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (role) element.setAttribute("role", role);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
