// Quick replies: buttons under the conversation, chosen by their numbers without leaving the input.

/** Questions answered in words or numbers: there a digit is typed, and Enter makes a lone one a choice. */
const TYPED = new Set(["description", "area", "address", "contact_name", "contact_phone", "reference"]);

function digitOf(key) {
  const western = "٠١٢٣٤٥٦٧٨٩".indexOf(key);
  return western >= 0 ? western : Number.parseInt(key, 10);
}

export class Replies {
  /** `choose(button)` is told the button that was chosen. */
  constructor(group, words, choose) {
    Object.assign(this, { group, words, choose, buttons: [], typed: false, last: null });
  }

  /** Offer the quick replies of the newest line, if it is the assistant's. */
  show(lines) {
    const line = lines.at(-1);
    const open = line?.role === "assistant" ? line : { id: null, buttons: [], expects: null };
    if (open.id === this.last) return;
    this.last = open.id;
    this.buttons = open.buttons;
    this.typed = TYPED.has(open.expects);
    this.group.replaceChildren(...this.buttons.map((button, index) => this.button(button, index + 1)));
  }

  /** Nothing to choose: an answer is on its way. */
  hide() {
    this.last = undefined;
    this.buttons = [];
    this.group.replaceChildren();
  }

  /** The reply that a key means in an empty input, if any. */
  meant(key) {
    return this.typed ? undefined : this.numbered(key);
  }

  /** The reply that a whole text means: nothing but its number. */
  numbered(text) {
    return text.length === 1 ? this.buttons[digitOf(text) - 1] : undefined;
  }

  button(button, number) {
    const made = document.createElement("button");
    made.type = "button";
    if (number <= 9) {
      const key = document.createElement("kbd");
      key.textContent = number;
      if (this.typed) key.title = this.words.then_enter;
      made.append(key, " ");
    }
    made.append(button.title);
    made.addEventListener("click", () => this.choose(button));
    return made;
  }
}
