// The bearer token of this browser's chat: kept in localStorage, sent in a header, never part of an address.

import { alone } from "./alone.js";
import * as storage from "./storage.js";

/** A request that did not succeed. `status`: the HTTP status, 0 where there was no answer; `retryAfter`: seconds. */
export class HttpError extends Error {
  constructor(status, { retryAfter = 0, code = "" } = {}) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
    this.code = code;
  }
}

/** `{conversation, token}`, or null before the first message. */
export function current() {
  return storage.read("session");
}

/** The session, begun now if there is none; two tabs begin one. Throws `HttpError`. */
export function begun() {
  return alone("session", async () => {
    if (!current()) {
      const response = await request("/chat/sessions", { method: "POST" });
      storage.write("session", await response.json());
    }
    return current();
  });
}

/** Forget a session that the service no longer knows; false if that was done already. */
export function forget(session) {
  if (current()?.token !== session.token) return false;
  storage.remove("session");
  return true;
}

/** `fetch` from our own service, with the session's token where one is given. Throws `HttpError` if it fails. */
export async function request(path, { session, headers = {}, ...options } = {}) {
  const authorization = session ? { Authorization: `Bearer ${session.token}` } : {};
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store", headers: { ...headers, ...authorization } });
  } catch {
    throw new HttpError(0);
  }
  if (!response.ok) throw new HttpError(response.status, { retryAfter: Number(response.headers.get("Retry-After")) });
  return response;
}
