// Server-sent events over `fetch`, because EventSource cannot send a token in a header.

import { request } from "./session.js";

const SILENCE_SECONDS = 40; // the service pings every 15: longer silence is a dead connection

/** Read `/chat/events` after the event `after`: calls `onOpen()`, then `onEvent(id, data)` for each, and `onHeard()`
 *  whenever there is a sign of life. Ends when the connection does, or when `controller` is aborted. Throws `HttpError`. */
export async function follow(session, after, { onOpen, onHeard, onEvent, controller }) {
  let timer;
  const heard = () => {
    onHeard();
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), SILENCE_SECONDS * 1000);
  };
  heard();
  try {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    const response = await request("/chat/events", { session, headers, signal: controller.signal });
    onOpen();
    const events = new Events(onEvent);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      events.take(part.value);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Puts events together from pieces of text that may break anywhere. */
export class Events {
  #line = "";
  #id = null;
  #data = [];
  #onEvent;

  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  take(text) {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop();
    for (const line of lines) this.#read(line.replace(/\r$/, ""));
  }

  #read(line) {
    if (line === "") {
      if (this.#data.length) this.#onEvent(this.#id, this.#data.join("\n"));
      this.#data = [];
      return;
    }
    const [, field, value] = line.match(/^([^:]*):? ?(.*)$/);
    if (field === "id") this.#id = value;
    if (field === "data") this.#data.push(value);
  }
}
