// The chat page: what happens, handed to the parts that know how.

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import * as keptFiles from "./kept_files.js";
import { Log } from "./log.js";
import { newChat } from "./new_chat.js";
import { Outgoing } from "./outgoing.js";
import { sharePlace } from "./place.js";
import { Recorder, canRecord } from "./recorder.js";
import { refusal } from "./refusal.js";
import * as session from "./session.js";
import * as storage from "./storage.js";
import { say } from "./words.js";

const log = new Log(({ title, payload }) => {
  log.focus();
  outgoing.add({ title, payload });
}, sentFile);

const outgoing = new Outgoing({ state: told, progress: ({ key }, fraction) => log.progress(key, fraction), sessionLost });

const connection = new Connection({
  history: (lines) => log.quietly(() => lines.forEach(said)),
  line: (line) => log.line(line),
  state: (state) => (document.getElementById("connection").textContent = state === "open" ? "" : say("reconnecting")),
  sessionLost,
});

const composer = new Composer((message) => outgoing.add(message), canRecord);
new Recorder((file) => outgoing.add({ files: [file] }));
sharePlace((location) => {
  composer.showMore(false);
  outgoing.add({ location });
});
newChat(() => outgoing.messages().length > 0, beginAnew);

for (const starter of document.querySelectorAll("[data-starter]"))
  starter.addEventListener("click", () => {
    log.focus();
    outgoing.add({ text: starter.textContent });
  });

storage.onOtherTab(changedElsewhere);
addEventListener("online", tryNow);
document.addEventListener("visibilitychange", () => document.hidden || tryNow());
begin();

/** What was said before, then what is not yet sent, then whatever comes. */
function begin() {
  connection.start();
  showUnsent();
  outgoing.send();
}

/** One line of the history. */
function said(line) {
  if (line.role !== "citizen") return log.line(line);
  const files = line.media.map(({ id, kind, filename }) => ({ id, kind, name: filename }));
  log.citizen({ ...line, ...line.button, files }, sentFile);
  log.state(line.key, "sent");
}

async function sentFile({ id }) {
  const response = await session.request(`/chat/files/${id}`, { session: session.current() });
  return response.blob();
}

function showUnsent() {
  for (const message of outgoing.messages()) told(message, message.refused ? "refused" : "waiting", message.refused);
}

/** What became of a message: `waiting`, `sending`, `sent`, or `refused` because of `why`. */
function told(message, state, why) {
  const { key } = message;
  log.citizen(message, async (_file, index) => (await keptFiles.files(key))[index]);
  if (state === "sending" || state === "waiting") return log.unsettled(key, state === "sending");
  if (state === "sent") {
    log.state(key, "sent");
    return connection.startedNow();
  }
  log.typing(false);
  const drop = () => outgoing.drop(message).then(() => log.remove(key));
  log.state(key, "refused", refusal(why, () => outgoing.again(message), drop));
}

/** The service does not know this browser's chat any more: the next message begins a new one. */
function sessionLost() {
  log.note("chat_renewed");
  log.retire();
  connection.restart();
}

function beginAnew() {
  for (const message of outgoing.messages()) outgoing.drop(message);
  storage.remove("session");
  location.reload();
}

/** Another tab of this chat has begun anew, sent something or heard that it arrived. */
function changedElsewhere(name) {
  if (name === "session") return location.reload();
  const [place, , key] = name.split(".");
  if (place !== "outgoing") return;
  const message = storage.read(name);
  if (message) told(message, message.refused ? "refused" : "waiting", message.refused);
  else log.settled(key);
}

function tryNow() {
  connection.hurry();
  outgoing.send();
}
