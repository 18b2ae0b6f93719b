// Writing a message: a text area that grows, the files beside it, and what Enter does.

import { notice } from "./notice.js";
import * as storage from "./storage.js";
import { Tray } from "./tray.js";
import { say } from "./words.js";

const LIMIT = 10000; // characters, as contact_center/chat/incoming.py takes
const TOLD_FROM = 9000;
const MAX_HEIGHT = 168; // pixels: six lines

const form = document.getElementById("composer");
const text = document.getElementById("text");
const send = document.getElementById("send");
const record = document.getElementById("record");
const count = document.getElementById("count");
const more = document.getElementById("more");
const openMore = document.getElementById("open-more");

export class Composer {
  #tray = new Tray(() => this.#looked());
  #onSend;

  /** `onSend({text?, files})`: the person sends; `canRecord`: whether there is a microphone button. */
  constructor(onSend, canRecord) {
    this.#onSend = onSend;
    this.canRecord = canRecord;
    form.addEventListener("submit", (event) => this.#submit(event));
    text.addEventListener("input", () => this.#written());
    text.addEventListener("keydown", (event) => this.#key(event));
    text.addEventListener("paste", (event) => this.#pasted(event));
    openMore.addEventListener("click", () => this.showMore(more.hidden));
    form.addEventListener("keydown", (event) => event.key === "Escape" && this.#closeMore());
    for (const [button, input] of [["take-photo", "camera"], ["choose-file", "files"]]) this.#choosing(button, input);
    text.value = storage.read("draft") ?? "";
    this.#looked();
  }

  /** Open or close the choice of photo, file and location. */
  showMore(open) {
    more.hidden = !open;
    openMore.setAttribute("aria-expanded", String(open));
    openMore.classList.toggle("open", open);
  }

  #closeMore() {
    if (more.hidden) return;
    this.showMore(false);
    openMore.focus();
  }

  #choosing(buttonId, inputId) {
    const input = document.getElementById(inputId);
    document.getElementById(buttonId).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.#tray.add(input.files);
      input.value = "";
      this.showMore(false);
      text.focus();
    });
  }

  #pasted(event) {
    const files = event.clipboardData?.files ?? [];
    if (!files.length) return;
    event.preventDefault();
    this.#tray.add(files);
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    if (!this.#sendable()) return;
    const said = text.value.trim();
    text.value = "";
    this.#onSend({ ...(said && { text: said }), files: this.#tray.take() });
    this.#written();
    notice();
    text.focus();
  }

  #written() {
    storage.write("draft", text.value);
    this.#looked();
  }

  #sendable() {
    return (text.value.trim() !== "" || this.#tray.files.length > 0) && length() <= LIMIT;
  }

  #looked() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, MAX_HEIGHT)}px`;
    text.dir = text.value ? "auto" : ""; // an empty area shows its placeholder in the page's direction
    const over = length() - LIMIT;
    count.textContent = over > 0 ? say("too_long", { limit: LIMIT, over }) : over > TOLD_FROM - LIMIT ? say("letters_left", { left: -over }) : "";
    count.classList.toggle("over", over > 0);
    text.setAttribute("aria-invalid", String(over > 0));
    const empty = text.value.trim() === "" && this.#tray.files.length === 0;
    send.hidden = empty && this.canRecord;
    record.hidden = !empty || !this.canRecord;
    send.disabled = !this.#sendable();
  }
}

/** Characters as the service counts them: an emoji of one code point is one. */
function length() {
  return [...text.value.trim()].length;
}
