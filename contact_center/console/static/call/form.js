// The form beside the call: shows the draft, and saves what the agent sets by hand.

import { Combobox } from "./combobox.js";

const SAVE_AFTER_MS = 700;
/** What the assistant asks for under one name may be several fields. */
const ASKED = { address: ["address", "block", "road", "building"] };
/** Fields in which a text that is no option's name may stay. */
const FREE = new Set(["area"]);

export class DraftForm {
  /**
   * `save(fields)` resolves to true once they are kept; `settled` is told when there is nothing left to save.
   * `looks`: by field, what finds more than the names of its options do (`Combobox`).
   */
  constructor(form, words, { save, settled, looks }) {
    Object.assign(this, { form, save, settled, unsaved: {}, saving: {}, seen: {}, timer: 0, boxes: {} });
    for (const input of form.querySelectorAll("[data-search]")) {
      const name = input.name;
      const changed = (value) => this.change(name, value);
      this.boxes[name] = new Combobox(input, { free: FREE.has(name), words, changed, look: looks[name] });
    }
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** What may be found in the fields that are searched. */
  offer(choices) {
    for (const [name, options] of Object.entries(choices)) this.boxes[name].offer(options);
  }

  /** Show the draft as the assistant has it; what is being typed or not yet saved stays. */
  show(draft, expects) {
    const asked = ASKED[expects] ?? [expects];
    for (const field of this.form.querySelectorAll("[data-field]")) {
      const name = field.dataset.field;
      field.classList.toggle("asked", asked.includes(name));
      if (this.isBusy(name)) continue;
      if (this.boxes[name]) this.boxes[name].set(draft[name]);
      else this.input(name).value = draft[name] ?? "";
      this.seen[name] = this.input(name).value.trim();
    }
  }

  /** Save what was set, now; what could not be saved is tried again with the next change. */
  async flush() {
    clearTimeout(this.timer);
    if (!Object.keys(this.unsaved).length) return;
    const fields = this.unsaved;
    [this.saving, this.unsaved] = [{ ...this.saving, ...fields }, {}];
    const kept = await this.save(fields);
    for (const name of Object.keys(fields)) delete this.saving[name];
    if (kept) await this.settled();
    else this.unsaved = { ...fields, ...this.unsaved };
    this.mark();
  }

  input(name) {
    return this.form.elements[name];
  }

  /** Whether the agent is changing the field, or has changed it and that is not saved yet. */
  isBusy(name) {
    if (name in this.unsaved || name in this.saving) return true;
    const input = this.input(name);
    return input === document.activeElement && input.value.trim() !== (this.seen[name] ?? "");
  }

  changed(input) {
    const text = input.value.trim();
    if (this.boxes[input.name] || text === this.seen[input.name]) return;
    this.seen[input.name] = text;
    const isNumber = "number" in input.dataset && text !== "" && !Number.isNaN(Number(text));
    this.change(input.name, isNumber ? Number(text) : text || null);
  }

  change(name, value) {
    this.unsaved[name] = value;
    this.mark();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), SAVE_AFTER_MS);
  }

  key(event) {
    if (event.key !== "Enter" || event.target.matches("textarea, button")) return;
    event.preventDefault();
    this.boxes[event.target.name]?.leave();
    this.changed(event.target);
    this.flush();
  }

  mark() {
    for (const field of this.form.querySelectorAll("[data-field]"))
      field.classList.toggle("unsaved", field.dataset.field in { ...this.unsaved, ...this.saving });
  }
}
