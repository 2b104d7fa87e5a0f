// Sentences come from the server, in the page's language, with named holes: "%(session)s is in your hand."

const WORDS = JSON.parse(document.getElementById("board-words").textContent);

export const say = (name, holes = {}) => WORDS[name].replace(/%\((\w+)\)s/g, (_whole, hole) => holes[hole]);

export function make(tag, properties = {}, ...children) {
  const { role, data, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (role) element.setAttribute("role", role);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}
