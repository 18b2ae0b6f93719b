// A file or a place inside a bubble.

import { isolated } from "./plain_text.js";
import { say } from "./words.js";

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((entry) => entry.isIntersecting)) {
    seen.unobserve(entry.target);
    entry.target.dispatchEvent(new Event("seen"));
  }
});

/** A figure of a file. `load()` resolves to its bytes as a Blob, asked for when the figure comes into view. */
export function figure({ kind, filename }, load) {
  const element = document.createElement("figure");
  element.className = `file ${kind}`;
  const caption = named(filename || say(kind));
  element.append(kind === "document" ? saving(caption, filename, load, element) : caption);
  if (kind === "document") return element;
  element.addEventListener("seen", async () => {
    const blob = await load().catch(() => null);
    if (blob) element.prepend(player(kind, filename, blob, element));
    else element.append(` – ${say("file_not_shown")}`);
  });
  seen.observe(element);
  return element;
}

/** What a chosen file is to a person, by the type that the browser gives it. */
export function kindOf(file) {
  return { image: "photo", audio: "voice", video: "video" }[file.type.split("/")[0]] ?? "document";
}

/** The pin of a location. */
export function pin({ lat, lon }) {
  const element = document.createElement("p");
  element.className = "place";
  element.append(document.getElementById("place-template").content.cloneNode(true));
  element.append(`${say("location")} `, isolated(`${lat.toFixed(5)}, ${lon.toFixed(5)}`));
  return element;
}

function named(name) {
  const caption = document.createElement("figcaption");
  caption.append(document.getElementById("file-template").content.cloneNode(true), isolated(name, "auto"));
  return caption;
}

/** A document is saved by pressing its name: what a browser would do with it is the person's to decide. */
function saving(caption, filename, load, figure) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...caption.childNodes);
  button.setAttribute("aria-label", say("save_file", { name: filename || say("document") }));
  button.addEventListener("click", async () => {
    const blob = await load().catch(() => null);
    if (!blob) return figure.append(` – ${say("file_not_shown")}`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = filename || say("document");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  caption.append(button);
  return caption;
}

function player(kind, filename, blob, figure) {
  const element = document.createElement({ photo: "img", voice: "audio", video: "video" }[kind]);
  if (kind === "photo") element.alt = say("photo");
  else element.controls = true;
  element.setAttribute("aria-label", say(kind));
  element.addEventListener(kind === "photo" ? "load" : "loadedmetadata", () => figure.classList.add("shown"));
  element.addEventListener("error", () => element.remove()); // a format this browser cannot show: its name stays
  element.src = URL.createObjectURL(blob);
  return element;
}
