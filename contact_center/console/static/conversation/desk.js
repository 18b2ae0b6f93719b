// What the page of a conversation says to the service.

import { ask, categoriesFrom, Refused } from "../call/server.js";

/** Unique to one thing that is sent. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Send a form. Throws `Refused`, whose `message` is then the code of the error. */
async function post(address, body) {
  let response;
  try {
    response = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body });
  } catch {
    throw new Refused(0, "not reached");
  }
  if (!response.ok) throw new Refused(response.status, (await response.json().catch(() => ({}))).error);
}

/** The service for a conversation at an address. A request with the key of an earlier one is carried out once. */
export function deskFor(id, address, base) {
  return {
    state: () => ask("GET", `${address}/state`),
    categories: categoriesFrom(base),
    choices: () => ask("GET", `${base}/choices`),
    set: (fields, key) => ask("PATCH", `/api/v1/conversations/${id}/draft`, fields, key),
    say: (body) => post(`${address}/messages`, body),
    note: (body) => post(`${address}/notes`, new URLSearchParams(body)),
  };
}
