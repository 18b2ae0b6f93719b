// What the page says to the service, and what it hears from it.

const AGAIN_AFTER_MS = 3000;

/** An answer that is no success; `status` is HTTP's, 0 where the service was not reached. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Ask the service for JSON. Throws `Refused`. */
export async function ask(method, address, body, key) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Refused(0, "not reached");
  }
  if (!response.ok) throw new Refused(response.status, (await response.json().catch(() => ({}))).message);
  return response.json();
}

/** Finds the categories that people may mean by what was typed, the likeliest first. */
export function categoriesFrom(base) {
  return async (typed) => (await ask("GET", `${base}/choices/categories?q=${encodeURIComponent(typed)}`)).options;
}

/** The service for one call. A request with the key of an earlier one is carried out once. */
export function serverFor(call, base) {
  const api = `/api/v1/calls/${call}`;
  return {
    say: (message, key) => ask("POST", `${api}/messages`, message, key),
    set: (fields, key) => ask("PATCH", `${api}/draft`, fields, key),
    textNumber: (phone) => ask("POST", `${api}/number`, { phone }),
    state: () => ask("GET", `${base}/calls/${call}/state`),
    choices: () => ask("GET", `${base}/choices`),
    categories: categoriesFrom(base),
    /** Calls `seen` with the call's state, now and whenever it changes; `lost` whenever the connection breaks. */
    watch(seen, lost) {
      const events = new EventSource(`${base}/calls/${call}/events`);
      events.addEventListener("message", (event) => seen(JSON.parse(event.data)));
      events.addEventListener("error", () => {
        lost();
        // The browser tries again by itself, but not after an answer such as 401 or 503.
        if (events.readyState === EventSource.CLOSED) setTimeout(() => this.watch(seen, lost), AGAIN_AFTER_MS);
      });
    },
  };
}
