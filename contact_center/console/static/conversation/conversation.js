// The page of a conversation: what is said comes by itself, and whoever has it answers, notes, and fills the form.

import { DraftForm } from "../call/form.js";
import { Canned } from "./canned.js";
import { deskFor, newKey } from "./desk.js";
import { Talk } from "./talk.js";

/** Why files were refused, as the service names it and the words do. */
const FILES = ["too_many_files", "file_not_sent", "file_rejected"];

const page = document.querySelector("[data-conversation]");
const words = JSON.parse(page.dataset.words);
const desk = deskFor(page.dataset.id, page.dataset.conversation, page.dataset.base);
const input = document.getElementById("words");
const files = document.getElementById("files");
const saved = document.getElementById("saved");
const notice = document.getElementById("notice");
const reply = document.getElementById("reply");
const note = document.getElementById("note");

const talk = new Talk(document.getElementById("log"), page.dataset.conversation);
const form = new DraftForm(document.getElementById("draft"), words, {
  save,
  settled: refresh,
  looks: { category: desk.categories },
});
const canned = new Canned(input, document.getElementById("canned"), JSON.parse(page.dataset.canned), words.nothing_found);

let said = null;

/** Tell the agent what is wrong, by its name among the words; null: nothing is. */
function say(name) {
  said = name;
  notice.textContent = name ? words[name] : "";
  notice.hidden = !name;
}

function stand(standing, agent) {
  const before = page.dataset.standing;
  page.dataset.standing = standing;
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(standing);
  for (const name of document.querySelectorAll("[data-agent]")) name.textContent = agent ?? "";
  form.form.querySelector("fieldset").disabled = standing !== "mine";
  if (before === "mine" && standing !== "mine") say("lost");
  if (before !== "mine" && standing === "mine") say(null);
}

function show(state) {
  talk.keepingTheEnd(() => talk.show(state.lines));
  stand(state.standing, state.agent);
  form.show(state.draft, state.expects);
}

let asked = 0;

/** Ask for everything anew; of two answers that overtake each other the later question's counts. */
async function refresh() {
  const mine = ++asked;
  try {
    const state = await desk.state();
    if (mine !== asked) return;
    if (said === "offline") say(null);
    show(state);
  } catch (error) {
    refused(error, "offline");
  }
}

/** What the agent is told where a request was refused. */
function refused(error, otherwise) {
  const known = { 0: "offline", 401: "signed_out", 409: "taken", 413: "too_large" };
  say(known[error.status] ?? (FILES.includes(error.message) ? error.message : otherwise));
  if (error.status === 409) refresh();
}

/** What each form could not send, and its key: the same again goes under the same key, in case it did arrive. */
const unsent = new WeakMap();
function keyOf(sender, body) {
  const what = [...body.values()].map((value) => (value instanceof File ? `${value.name} ${value.size}` : value)).join("\n");
  if (unsent.get(sender)?.what !== what) unsent.set(sender, { what, key: newKey() });
  return unsent.get(sender).key;
}

/** Send what a form holds; once it has arrived the form is empty again, and its next words have another key. */
async function send(sender, how) {
  const button = sender.querySelector("button:not([type])");
  if (button.disabled) return;
  const body = new FormData(sender);
  body.set("key", keyOf(sender, body));
  button.disabled = true;
  try {
    await how(body);
    unsent.delete(sender);
    sender.reset();
    say(null);
    await refresh();
    talk.toTheEnd();
  } catch (error) {
    refused(error, "failed");
  } finally {
    button.disabled = false;
  }
}

/** Save fields that the agent set: true once they are kept, or were refused for good. */
async function save(fields) {
  saved.textContent = words.saving;
  try {
    const { refused: names } = await desk.set(fields, newKey());
    saved.textContent = names.length ? words.field_refused : words.saved;
    return true;
  } catch (error) {
    saved.textContent = "";
    refused(error, "field_failed");
    return error.status === 422 || error.status === 409;
  }
}

reply.addEventListener("submit", (event) => {
  event.preventDefault();
  if (input.value.trim() || files.files.length) send(reply, desk.say);
});
note.addEventListener("submit", (event) => {
  event.preventDefault();
  send(note, desk.note);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing || canned.key(event)) return;
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  reply.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || page.dataset.standing !== "mine") return;
  if (event.key === "F2") {
    event.preventDefault();
    if (form.form.contains(document.activeElement)) input.focus();
    else form.form.querySelector("input, select, textarea").focus();
  } else if (event.key === "Escape" && document.activeElement !== input) {
    input.focus();
  }
});
for (const part of document.querySelectorAll(".ends details")) {
  part.addEventListener("toggle", () => part.open && part.querySelector("select")?.focus());
}
talk.list.addEventListener("live", refresh);
desk.choices().then((choices) => form.offer(choices), (error) => refused(error, "failed"));
refresh().then(() => talk.toTheEnd());
if (page.dataset.standing === "mine") input.focus();
