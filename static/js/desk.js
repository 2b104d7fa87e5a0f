// On a phone the desk's menu is wider than the window: it begins where one is.

const here = document.querySelector(".desk-nav [aria-current]");
const list = here?.closest("ul");
if (list) list.scrollLeft += here.getBoundingClientRect().left - list.getBoundingClientRect().left - (list.clientWidth - here.offsetWidth) / 2;
