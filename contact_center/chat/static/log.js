// The bubbles: the citizen's by their key, ours by their id, each once.

import { figure, kindOf, pin } from "./media.js";
import { dayOf, timeOf } from "./moments.js";
import { write } from "./plain_text.js";
import { markPressed, quickReplies, retire } from "./quick_replies.js";
import { Scrolling } from "./scrolling.js";
import { say } from "./words.js";

const SPEAKERS = new Set(["citizen", "assistant", "system", "agent", "agency"]);
const TYPING_SECONDS = 45; // a person may answer in place of the assistant: nobody types for ever

export class Log {
  #element = document.getElementById("log");
  #template = document.getElementById("bubble-template").content;
  #scrolling = new Scrolling(this.#element);
  #day = null;
  #typing = null;
  #typingEnds = null;
  #greeting = this.#element.children.length;
  #onPress;
  #load;

  /** `onPress(button)`: a quick reply was pressed. `load(file)` resolves to the bytes of a file that was sent to us. */
  constructor(onPress, load) {
    this.#onPress = onPress;
    this.#load = load;
  }

  /** A line of ours, from the stream or the history; a line shown before is left as it is. */
  line({ id, role, text, buttons, expects, at, attachments = [] }) {
    if (document.getElementById(`line-${id}`)) return;
    this.typing(false);
    const bubble = this.#bubble(role, text, at);
    bubble.id = `line-${id}`;
    bubble.classList.add("ours");
    bubble.querySelector(".media").append(...attachments.map((file) => figure(file, () => this.#load(file))));
    if (role === "assistant" && (buttons.length || expects)) retire(this.#element);
    this.#show(bubble);
    if (buttons.length) this.#show(quickReplies(buttons, this.#onPress));
  }

  /** What the citizen said; `load(file, index)` resolves to the bytes of a file. Returns whether it is new here. */
  citizen({ key, text, title, payload, location, files, at }, load) {
    if (this.#mine(key)) return false;
    const bubble = this.#bubble("citizen", title ?? text ?? "", at);
    bubble.dataset.key = key;
    bubble.classList.add("theirs");
    const shown = files.map((file, index) => figure({ kind: file.kind ?? kindOf(file), filename: file.name }, () => load(file, index)));
    if (location) shown.push(pin(location));
    bubble.querySelector(".media").append(...shown);
    if (payload) markPressed(this.#element, payload);
    document.getElementById("starters").hidden = true;
    this.#show(bubble, true);
    return true;
  }

  /** What became of a message: `waiting`, `sent`, or `refused` with `actions`, the elements below it. */
  state(key, state, ...actions) {
    const bubble = this.#mine(key);
    if (!bubble) return;
    const icon = document.getElementById("states-template").content.querySelector(`[data-state=${state}]`).cloneNode(true);
    icon.setAttribute("role", "img");
    icon.setAttribute("aria-label", say(`state_${state}`));
    bubble.querySelector(".state").replaceChildren(icon);
    bubble.dataset.state = state;
    bubble.querySelector(".refusal")?.remove();
    if (state !== "waiting") bubble.querySelector("progress").hidden = true;
    if (actions.length) bubble.append(...actions);
  }

  /** A message is on its way, or waits for its turn or for the network. */
  unsettled(key, sending) {
    this.state(key, "waiting");
    this.typing(sending);
  }

  /** Another tab has settled a message: sent it or, where it was refused, removed it. */
  settled(key) {
    if (this.#mine(key)?.dataset.state === "refused") this.remove(key);
    else this.state(key, "sent");
  }

  /** No button is usable any longer. */
  retire() {
    retire(this.#element);
  }

  /** How much of a message's files has gone out, from 0 to 1. */
  progress(key, fraction) {
    const bar = this.#mine(key)?.querySelector("progress");
    if (!bar) return;
    bar.setAttribute("aria-label", say("uploading"));
    bar.hidden = fraction >= 1;
    bar.value = fraction;
  }

  remove(key) {
    this.#mine(key)?.remove();
  }

  /** A sentence of the page's own. */
  note(name) {
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = say(name);
    this.#show(note);
  }

  /** Show, or take away, the sign that an answer is being written. */
  typing(on) {
    clearTimeout(this.#typingEnds);
    if (!on) return this.#typing?.remove();
    this.#typing ??= typingSign();
    this.#show(this.#typing);
    this.#typingEnds = setTimeout(() => this.typing(false), TYPING_SECONDS * 1000);
  }

  /** Fill in what was said before, without reading all of it out; what is shown already comes after it. */
  quietly(fill) {
    const early = [...this.#element.children].slice(this.#greeting);
    this.#element.setAttribute("aria-busy", "true");
    this.#day = null;
    fill();
    for (const element of early) {
      if (element.className === "day") element.remove();
      else this.#show(element);
    }
    this.#scrolling.toNewest();
    this.#element.removeAttribute("aria-busy");
  }

  /** Put the keyboard's focus where reading goes on; the next Tab reaches the newest buttons. */
  focus() {
    this.#element.focus({ preventScroll: true });
  }

  #mine(key) {
    return this.#element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  #bubble(role, text, at) {
    const bubble = this.#template.cloneNode(true).firstElementChild;
    const moment = at ? new Date(at) : new Date();
    const speaker = say(`speaker_${SPEAKERS.has(role) ? role : "assistant"}`);
    bubble.dataset.role = role;
    bubble.dataset.day = dayOf(moment);
    bubble.querySelector("span").textContent = `${speaker}: `;
    if (role === "agent" || role === "agency") bubble.querySelector("span").className = "speaker";
    const said = bubble.querySelector(".said");
    write(said, text);
    said.hidden = !text;
    const time = bubble.querySelector("time");
    time.dateTime = moment.toISOString();
    time.textContent = timeOf(moment);
    return bubble;
  }

  /** Add at the end, under its day; the typing sign stays last. */
  #show(element, follow = false) {
    const day = element.dataset.day;
    if (day && day !== this.#day) {
      this.#day = day;
      this.#element.append(daySign(day));
    }
    this.#element.append(element);
    if (this.#typing?.isConnected && element !== this.#typing) this.#element.append(this.#typing);
    this.#scrolling.grown(follow);
  }
}

function daySign(day) {
  const sign = document.createElement("p");
  sign.className = "day";
  sign.textContent = day;
  return sign;
}

function typingSign() {
  const sign = document.createElement("p");
  sign.className = "bubble ours typing";
  const words = document.createElement("span");
  words.className = "unseen";
  words.textContent = `${say("speaker_assistant")} ${say("typing")}`;
  sign.append(words, ...[1, 2, 3].map(() => document.createElement("i")));
  return sign;
}
