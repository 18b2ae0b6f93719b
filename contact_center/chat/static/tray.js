// The files chosen for the next message: checked, shown, taken out again.

import { figure, kindOf } from "./media.js";
import { notice } from "./notice.js";
import { say } from "./words.js";

const MEGABYTE = 1024 * 1024;
const LIMITS = { files: 10, fileMegabytes: 20, allMegabytes: 24 }; // as contact_center/chat/incoming.py takes
const TAKEN = /^(image\/(?!svg)|audio\/|video\/|application\/pdf$)/;

export class Tray {
  files = [];
  #element = document.getElementById("tray");
  #changed;

  /** `changed()`: the files are others now. */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Add files; one that cannot be sent is told at once. */
  add(files) {
    let fault = "";
    for (const file of files) {
      const wrong = this.#wrong(file);
      fault ||= wrong;
      if (!wrong) this.files.push(file);
    }
    notice(fault);
    this.#show();
  }

  /** Empty the tray; returns what was in it. */
  take() {
    const files = this.files;
    this.files = [];
    this.#show();
    return files;
  }

  #wrong(file) {
    const all = this.files.reduce((sum, { size }) => sum + size, file.size);
    if (!TAKEN.test(file.type)) return say("file_wrong_type", { name: file.name });
    if (file.size === 0) return say("file_empty", { name: file.name });
    if (file.size > LIMITS.fileMegabytes * MEGABYTE)
      return say("file_too_big", { name: file.name, limit: LIMITS.fileMegabytes });
    if (this.files.length >= LIMITS.files) return say("files_too_many", { limit: LIMITS.files });
    return all > LIMITS.allMegabytes * MEGABYTE ? say("files_too_big", { limit: LIMITS.allMegabytes }) : "";
  }

  #show() {
    this.#element.replaceChildren(...this.files.map((file) => this.#item(file)));
    this.#changed();
  }

  #item(file) {
    const item = document.createElement("li");
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.setAttribute("aria-label", say("remove_file", { name: file.name }));
    remove.append(document.getElementById("close-template").content.cloneNode(true));
    remove.addEventListener("click", () => {
      this.files = this.files.filter((other) => other !== file);
      this.#show();
      document.getElementById("text").focus();
    });
    item.append(figure({ kind: kindOf(file), filename: file.name }, async () => file), remove);
    return item;
  }
}
