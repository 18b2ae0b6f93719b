// What the person said and the service has not yet acknowledged: kept, repeated until it is, in order, once.
//
// Each message is a record of its own in localStorage, named so that names sort by age: tabs never overwrite each
// other's. Its key goes along as the Idempotency-Key, so a repeat is harmless.

import { alone } from "./alone.js";
import { Backoff } from "./backoff.js";
import * as keptFiles from "./kept_files.js";
import { post } from "./posting.js";
import * as session from "./session.js";
import * as storage from "./storage.js";

const PLACE = "outgoing.";

export class Outgoing {
  #backoff = new Backoff();
  #running = false;
  #newest = 0;
  #tell;

  /** `tell`: `{state(message, state, detail), progress(message, fraction), sessionLost()}`. */
  constructor(tell) {
    this.#tell = tell;
  }

  /** All that is not acknowledged, oldest first. */
  messages() {
    return storage.names(PLACE).map(storage.read).filter(Boolean);
  }

  /** Keep a message (`text`, `payload` with `title`, `location`, `files`) and send it; returns its record. */
  async add({ files = [], ...said }) {
    const key = newKey();
    this.#newest = Math.max(this.#newest + 1, Date.now());
    const described = files.map(({ name, type, size }) => ({ name, type, size }));
    const message = { ...said, key, files: described, at: this.#newest, name: `${PLACE}${this.#newest}.${key}` };
    if (files.length) await keptFiles.keep(key, files);
    storage.write(message.name, message);
    this.#tell.state(message, "waiting");
    this.send();
    return message;
  }

  /** Send what is waiting, oldest first, until nothing is. */
  async send() {
    this.#backoff.hurry();
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#next()) {
        const pause = await alone("sending", () => this.#sendNext());
        if (pause !== null) await this.#backoff.wait(pause);
      }
    } finally {
      this.#running = false;
    }
  }

  /** Try a refused message again. */
  again(message) {
    storage.write(message.name, { ...message, refused: undefined });
    this.#tell.state(message, "waiting");
    this.send();
  }

  /** Give a message up. */
  drop(message) {
    storage.remove(message.name);
    return keptFiles.drop(message.key);
  }

  #next() {
    return this.messages().find((message) => !message.refused);
  }

  /** Send the oldest; null if it is settled, else the least number of seconds to wait before the next try. */
  async #sendNext() {
    const message = this.#next();
    if (!message) return null;
    let used = null;
    try {
      this.#tell.state(message, "sending");
      used = await session.begun();
      await this.#deliver(used, message);
      return null;
    } catch (error) {
      if (!(error instanceof session.HttpError)) throw error;
      return this.#failed(message, used, error);
    }
  }

  async #deliver(used, message) {
    const files = message.files.length ? await keptFiles.files(message.key) : [];
    if (!files) return this.#refuse(message, "refused_lost");
    await post(used, message, files, (fraction) => this.#tell.progress(message, fraction));
    await this.drop(message);
    this.#backoff.reset();
    this.#tell.state(message, "sent");
  }

  #failed(message, used, error) {
    if (error.status === 401 && used) {
      if (session.forget(used)) this.#tell.sessionLost();
      return 0;
    }
    if (error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500) {
      this.#tell.state(message, "waiting");
      return error.retryAfter || 0;
    }
    this.#refuse(message, reason(error));
    return null;
  }

  #refuse(message, why) {
    storage.write(message.name, { ...message, refused: why });
    this.#tell.state(message, "refused", why);
  }
}

function reason({ status, code }) {
  if (status === 413 || code === "file_too_many_pixels") return "refused_size";
  return code.startsWith("file_") ? "refused_type" : "refused";
}

/** A random key; `randomUUID` is missing where a page came over plain http. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
