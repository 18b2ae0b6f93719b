// Canned replies: `/` in an empty reply offers them, typing finds, arrows move, Enter takes, Escape closes.

import { matching } from "../call/combobox.js";

const MOST = 8;

export class Canned {
  constructor(input, list, replies, nothing) {
    Object.assign(this, { input, list, nothing, shown: [], active: 0 });
    this.options = replies.map(({ title, text }) => ({ label: title, note: text, also: "" }));
    input.addEventListener("input", () => this.open());
    input.addEventListener("blur", () => this.close());
    // Not `click`: the field would have lost the focus, and the list be closed, before it.
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) this.take(this.shown[Number(item.dataset.index)]);
    });
  }

  open() {
    const wanted = this.input.value.match(/^[/÷](.*)$/)?.[1];
    if (wanted === undefined) return this.close();
    this.shown = matching(this.options, wanted).slice(0, MOST);
    this.active = 0;
    this.list.replaceChildren(...(this.shown.length ? this.shown.map((option, index) => this.item(option, index)) : [this.none()]));
    this.list.hidden = false;
    return this.mark();
  }

  close() {
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Whether a key was meant for the list. */
  key(event) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const taken = event.key === "Enter" && this.shown[this.active];
    if (!step && !taken && event.key !== "Escape") return false;
    event.preventDefault();
    event.stopPropagation();
    if (taken) this.take(taken);
    else if (!step) this.close();
    else if (this.shown.length) {
      this.active = (this.active + step + this.shown.length) % this.shown.length;
      this.mark();
    }
    return true;
  }

  take(option) {
    this.close();
    this.input.value = option.note;
    this.input.setSelectionRange(option.note.length, option.note.length);
  }

  mark() {
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.active)));
    const item = this.shown.length ? this.list.children[this.active] : null;
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    item?.scrollIntoView({ block: "nearest" });
  }

  item(option, index) {
    const item = Object.assign(document.createElement("li"), { id: `canned-${index}`, role: "option" });
    item.dataset.index = index;
    const text = Object.assign(document.createElement("small"), { textContent: option.note, dir: "auto" });
    item.append(option.label, text);
    return item;
  }

  none() {
    return Object.assign(document.createElement("li"), { className: "muted", textContent: this.nothing });
  }
}
