// A hardware scanner types fast and ends with Enter. It must reach the field wherever the hand clicked last.

const TYPING = "input, textarea, select, button, a, summary, dialog";

export class Field {
  constructor(form, onText) {
    this.input = form.querySelector("input");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.input.value;
      this.input.value = "";
      onText(text);
    });
    document.addEventListener("keydown", (event) => {
      const meant = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (meant && !event.target.closest?.(TYPING)) this.input.focus();
    });
    this.input.focus({ preventScroll: true });
  }
}
