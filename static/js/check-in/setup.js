// What the server sent along with the page: addresses, days, categories, and sentences with named holes.

export const setup = JSON.parse(document.getElementById("check-in-setup").textContent);

export const say = (name, holes = {}) => fill(setup.words[name], holes);
export const fill = (sentence, holes) => sentence.replace(/%\((\w+)\)s/g, (_whole, hole) => holes[hole]);

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: setup.zone });
export const timeOf = (milliseconds) => clock.format(milliseconds);

export function make(tag, properties = {}, ...children) {
  const { data, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}
