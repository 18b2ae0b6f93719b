// The service's side of the chat: what was said before, then every new line, over as many connections as it takes.

import { Backoff } from "./backoff.js";
import { follow } from "./event_stream.js";
import * as session from "./session.js";

const NOTICED_SECONDS = 1; // a shorter break is not worth a word
const QUIET_SECONDS = 17; // the service pings every 15: after that, a phone that slept has a dead connection

export class Connection {
  #backoff = new Backoff();
  #running = false;
  #controller = null;
  #heardAt = 0;
  #complain = null;
  #newest = 0; // id of the newest line that was shown
  #caughtUp = false; // whether what was said before is shown
  #tell;

  /** `tell`: `{history(lines), line(line), state("open" | "broken"), sessionLost()}`. */
  constructor(tell) {
    this.#tell = tell;
  }

  /** A message has arrived: if that was the first, there is a session now, and it has no history. */
  startedNow() {
    if (this.#running) return;
    this.#caughtUp = true;
    this.start();
  }

  /** The session is another one now, or there is none. */
  restart() {
    this.#newest = 0;
    this.#caughtUp = true;
    this.#controller?.abort();
  }

  /** Listen for as long as there is a session. */
  async start() {
    if (this.#running) return;
    this.#running = true;
    for (let used = session.current(); used; used = session.current()) {
      await this.#listen(used);
      if (session.current()?.token === used.token) await this.#backoff.wait();
    }
    this.#state("open"); // without a chat there is nothing to connect to
    this.#running = false;
  }

  /** The person is back, or the network is: do not wait. */
  hurry() {
    this.#backoff.hurry();
    if (Date.now() - this.#heardAt > QUIET_SECONDS * 1000) this.#controller?.abort();
  }

  async #listen(used) {
    this.#controller = new AbortController();
    try {
      if (!this.#caughtUp) await this.#catchUp(used);
      await follow(used, this.#newest, {
        onOpen: () => this.#state("open"),
        onHeard: () => (this.#heardAt = Date.now()),
        onEvent: (id, data) => this.#line(Number(id), JSON.parse(data)),
        controller: this.#controller,
      });
    } catch (error) {
      if (error.status === 401) return void (session.forget(used) && this.#tell.sessionLost());
      if (!(error instanceof session.HttpError) && !isBroken(error)) console.error(error); // our own fault: go on
    }
    this.#state("broken");
  }

  async #catchUp(used) {
    const response = await session.request("/chat/history", { session: used });
    const lines = await response.json();
    this.#newest = Math.max(0, ...lines.map((line) => Number(line.id ?? 0)));
    this.#caughtUp = true;
    this.#tell.history(lines);
  }

  #line(id, line) {
    this.#newest = Math.max(this.#newest, id);
    this.#tell.line(line);
  }

  #state(state) {
    clearTimeout(this.#complain);
    if (state === "open") {
      this.#backoff.reset();
      this.#tell.state("open");
    } else {
      this.#complain = setTimeout(() => this.#tell.state("broken"), NOTICED_SECONDS * 1000);
    }
  }
}

/** What reading from a connection that broke throws. */
function isBroken(error) {
  return error instanceof TypeError || error.name === "AbortError" || error.name === "NetworkError";
}
