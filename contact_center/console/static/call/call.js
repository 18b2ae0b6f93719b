// The page of a call: what the agent types goes to the assistant, and its questions, quick replies and form come back.

import { DraftForm } from "./form.js";
import { Log } from "./log.js";
import { Filed } from "./filed.js";
import { Replies } from "./replies.js";
import { serverFor } from "./server.js";
import { Similar } from "./similar.js";

const page = document.querySelector("[data-call]");
const words = JSON.parse(page.dataset.words);
const server = serverFor(page.dataset.call, page.dataset.base);
const input = document.getElementById("words");
const saved = document.getElementById("saved");
const notice = document.getElementById("notice");

const log = new Log(document.getElementById("log"), words);
const replies = new Replies(document.getElementById("replies"), words, (button) => tell({ payload: button.payload }, button.title));
const filed = new Filed(document.getElementById("filed"), words, server.textNumber, (error) => refused(error, "field_failed"));
const similar = new Similar(document.getElementById("similar"), page.dataset.base);
const form = new DraftForm(document.getElementById("draft"), words, {
  save,
  settled: refresh,
  looks: { category: server.categories },
});

/** Requests go out one after another, in the order in which the agent made them. */
let busy = Promise.resolve();
function inTurn(request) {
  const turn = busy.then(request);
  busy = turn.catch(() => {});
  return turn;
}

function say(name, isBad = false) {
  notice.textContent = name ? words[name] : "";
  notice.classList.toggle("bad", isBad);
  notice.hidden = !name;
}

function show(state) {
  log.keepingTheEnd(() => {
    log.show(state.lines);
    if (!log.list.querySelector(".pending")) replies.show(state.lines);
    filed.show(state.cases.at(-1), state.told);
  });
  form.show(state.draft, state.expects);
  similar.show(state.similar);
  for (const told of document.querySelectorAll("[data-telephone]")) told.hidden = told.dataset.telephone !== state.telephone;
}

async function refresh() {
  show(await server.state());
}

/** What the agent is told where a request was refused. */
function refused(error, otherwise) {
  say({ 0: "offline", 401: "signed_out" }[error.status] ?? otherwise, true);
}

/** What could not be sent: the same text again goes under the same key, in case it did arrive. */
let unsent = null;

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Tell the assistant what the caller says, or which quick reply was chosen. */
async function tell(message, text) {
  const key = message.text && unsent?.text === message.text ? unsent.key : newKey();
  unsent = null;
  replies.hide();
  log.expect(key, text);
  say("waiting");
  try {
    await form.flush();
    const answer = await inTurn(() => server.say(message, key));
    await refresh();
    say(answer.messages.length ? null : "late");
  } catch (error) {
    log.forget(key);
    unsent = { text: message.text, key };
    if (message.text && !input.value) input.value = message.text;
    refused(error, "failed");
  }
  input.focus();
}

/** Save fields that the agent set by hand: true once they are kept, or were refused for good. */
async function save(fields) {
  saved.textContent = words.saving;
  try {
    await inTurn(() => server.set(fields));
    saved.textContent = words.saved;
    return true;
  } catch (error) {
    saved.textContent = "";
    refused(error, "field_failed");
    return error.status === 422;
  }
}

function send() {
  const text = input.value.trim();
  if (!text) return;
  const chosen = replies.numbered(text);
  input.value = "";
  if (chosen) tell({ payload: chosen.payload }, chosen.title);
  else tell({ text }, text);
}

input.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const chosen = input.value ? undefined : replies.meant(event.key);
  if (chosen) {
    event.preventDefault();
    tell({ payload: chosen.payload }, chosen.title);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  }
});

document.getElementById("say").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  const inForm = form.form.contains(document.activeElement);
  if (event.key === "F2") {
    event.preventDefault();
    if (inForm) input.focus();
    else form.form.querySelector("input, select, textarea").focus();
  } else if (event.key === "Escape" && document.activeElement !== input) {
    input.focus();
  }
});

const wrapUp = document.querySelector(".wrap-up");
wrapUp?.addEventListener("toggle", () => wrapUp.open && document.getElementById("outcome").focus());

let isLost = false;
server.watch(
  (state) => {
    if (isLost) say(null);
    isLost = false;
    show(state);
  },
  () => {
    isLost = true;
    server.state().catch((error) => refused(error, "offline"));
  },
);
server.choices().then((choices) => form.offer(choices), (error) => refused(error, "failed"));
input.focus();
