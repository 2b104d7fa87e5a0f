// Adds an empty row for one more person; without this script the button asks the server for more.

const form = document.querySelector("[data-delegates]");
const pattern = document.querySelector("[data-delegates-pattern]");
const more = form.querySelector("[data-delegates-more]");
const count = form.querySelector("[data-delegates-count]");

more?.addEventListener("click", (event) => {
  event.preventDefault();
  const number = Number(count.value) + 1;
  const row = pattern.content.firstElementChild.cloneNode(true);
  for (const part of row.querySelectorAll("*")) rename(part, number);
  row.querySelector("[data-delegate-number]").textContent = number;
  more.closest("p").before(row);
  count.value = number;
  more.hidden = number >= Number(form.dataset.most);
  row.querySelector("input").focus();
});

// The pattern's names and ids begin with d0.
function rename(part, number) {
  for (const name of ["name", "id", "for", "aria-describedby"]) {
    const value = part.getAttribute(name);
    if (value) part.setAttribute(name, value.replace(/\bd0-/g, `d${number}-`).replace(/_d0-/g, `_d${number}-`));
  }
}
