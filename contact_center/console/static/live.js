// What happens meanwhile. The server names what changed; each part of the page that shows it (data-live) is asked for
// again by htmx, unless somebody is at work in it: then a button says that there is something new. A page that nobody
// sees listens to nothing, since a browser keeps only a few connections to a server; who comes back says since when.

const AGAIN_AFTER_MS = 5000;
const NEWS = "[data-live]";
const TOPICS = ["cases", "case", "callers", "handoffs", "conversation", "requests"];
const offline = document.getElementById("offline");

let source = null;

/** Whether something in the part would be lost: a tick, an open box, the place of whoever moves by keyboard. */
function atWork(part) {
  return part.contains(document.activeElement) || part.querySelector("input:checked, details[open]") !== null;
}

function ask(part) {
  part.querySelector(".stale")?.remove();
  htmx.trigger(part, "live");
}

function offer(part) {
  if (part.querySelector(".stale")) return;
  const button = document.getElementById("stale").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => ask(part));
  part.prepend(button);
}

function renew(topic) {
  for (const part of document.querySelectorAll(NEWS)) {
    if (!part.dataset.live.split(" ").includes(topic)) continue;
    if (part.dataset.gently !== undefined && atWork(part)) offer(part);
    else ask(part);
  }
}

function listen() {
  source = new EventSource(document.body.dataset.events);
  source.onopen = () => (offline.hidden = true);
  source.onerror = () => {
    offline.hidden = false;
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || listen(), AGAIN_AFTER_MS);
  };
  for (const topic of TOPICS) source.addEventListener(topic, () => renew(topic));
}

function leave() {
  source?.close();
  source = null;
}

function see() {
  leave();
  if (!document.hidden) listen();
}

// A part that comes after the page, and did not come, says so.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful || !detail.elt.matches(".to-come")) return;
  for (const words of detail.elt.children) words.hidden = !words.matches(".failed");
});

if (document.body.dataset.events) {
  document.addEventListener("visibilitychange", see);
  addEventListener("pagehide", leave);
  see();
}
