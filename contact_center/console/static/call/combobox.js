// A field whose value is found by typing a part of its name: arrows move, Enter takes, Escape closes (WAI-ARIA combobox).

const MOST = 12;
const LOOK_AFTER_MS = 120;

/** One spelling of a text, so that hamzas, ta marbutas, vowel signs and capitals do not matter. */
export function folded(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/\s+/g, " ").trim();
}

/** Options that hold every word of the query; those whose own name begins with it come first. */
export function matching(options, query) {
  const words = folded(query).split(" ").filter(Boolean);
  const rank = (option) => (folded(option.label).startsWith(folded(query)) ? 0 : 1);
  return options
    .filter((option) => words.every((word) => folded(`${option.label} ${option.note} ${option.also}`).includes(word)))
    .sort((one, other) => rank(one) - rank(other));
}

/**
 * Makes an input a combobox. `free`: a text that is no option's name may stay. `value` is a code, or the free text.
 * `look(query)`, where it is given, resolves to better options than the names alone bring, best first.
 */
export class Combobox {
  constructor(input, { free, words, changed, look }) {
    Object.assign(this, { input, free, words, changed, look, options: [], shown: [], active: -1, value: null, timer: 0, entered: false });
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    input.addEventListener("input", () => {
      this.entered = false;
      this.open();
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.leave());
    // Not `click`: the field would have lost the focus, and the list be closed, before it.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item?.dataset.index) this.take(this.shown[Number(item.dataset.index)]);
    });
  }

  /** What may be found; whoever has begun to type sees it at once. */
  offer(options) {
    this.options = options;
    if (this.typing) this.open();
    else this.set(this.value);
  }

  get typing() {
    return this.input === document.activeElement && this.input.value !== this.nameOf(this.value);
  }

  /** Show a value that came from elsewhere. */
  set(value) {
    this.value = value || null;
    this.input.value = this.nameOf(this.value);
  }

  nameOf(value) {
    return this.options.find((option) => option.value === value)?.label ?? (this.free ? value ?? "" : "");
  }

  open() {
    const looks = this.look && this.typing && this.input.value.trim() !== "";
    this.show(matching(this.options, this.input.value), looks);
    clearTimeout(this.timer);
    if (looks) this.timer = setTimeout(() => this.lookFor(this.input.value), LOOK_AFTER_MS);
  }

  /** Put what was looked for in place of what was found by name, unless something else was typed or chosen meanwhile. */
  async lookFor(query) {
    const found = await this.look(query).catch(() => []);
    if (this.list.hidden || this.input.value !== query || this.active > 0) return;
    const known = new Set(found.map((option) => option.value));
    this.show([...found, ...matching(this.options, query).filter((option) => !known.has(option.value))]);
    if (this.entered && this.shown.length) this.take(this.shown[0]);
  }

  /** `more`: whether something better is on its way. */
  show(options, more = false) {
    this.looking = more;
    this.shown = options.slice(0, MOST);
    this.active = this.shown.length && !this.free ? 0 : -1;
    this.list.replaceChildren(...(this.shown.length || this.free ? this.shown.map((o, i) => this.item(o, i)) : [this.none(more)]));
    this.list.hidden = !this.list.children.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  close() {
    clearTimeout(this.timer);
    this.looking = this.entered = false;
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) return this.open();
      this.active = (this.active + step + this.shown.length) % Math.max(this.shown.length, 1);
      return this.mark();
    }
    if (this.list.hidden) return undefined;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.set(this.value);
      this.close();
    } else if (event.key === "Enter" && this.shown[this.active]) {
      this.take(this.shown[this.active]);
    } else if (event.key === "Enter" && this.looking) {
      // Whoever types faster than the answer comes means the first that it brings.
      event.preventDefault();
      event.stopPropagation();
      this.entered = true;
    }
    return undefined;
  }

  take(option) {
    this.close();
    const changed = option.value !== this.value;
    this.set(option.value);
    if (changed) this.changed(this.value);
  }

  /** The field is left: what was typed counts if it names an option, or if any text may stay. */
  leave() {
    this.close();
    const typed = this.input.value.trim();
    if (typed === this.nameOf(this.value)) return;
    const named = this.options.find((option) => folded(option.label) === folded(typed));
    if (named || this.free || !typed) this.take({ value: named?.value ?? (typed || null) });
    else this.set(this.value);
  }

  mark() {
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.active)));
    const item = this.list.children[this.active];
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  item(option, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.role = "option";
    item.dataset.index = index;
    const note = document.createElement("small");
    note.textContent = option.note;
    item.append(option.label, note);
    return item;
  }

  none(more) {
    const item = document.createElement("li");
    item.className = "muted";
    item.role = "option";
    item.ariaDisabled = "true";
    item.textContent = more ? this.words.searching : this.words.nothing_found;
    return item;
  }
}
