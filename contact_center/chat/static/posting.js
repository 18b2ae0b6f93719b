// One message over HTTP. XMLHttpRequest, because `fetch` does not tell how far an upload is.

import { HttpError } from "./session.js";

const STALLED_SECONDS = 30; // without an answer or any progress: however slow an upload is, it may take its time

/** Post a message of the outgoing queue; resolves once it is acknowledged. Throws `HttpError`. */
export function post(session, message, files, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/messages");
    const watch = watchdog(request);
    request.setRequestHeader("Authorization", `Bearer ${session.token}`);
    request.setRequestHeader("Idempotency-Key", message.key);
    request.upload.onprogress = ({ loaded, total }) => {
      watch();
      if (files.length) onProgress(loaded / total);
    };
    request.onload = () => (request.status < 300 ? resolve() : reject(failure(request)));
    request.onerror = request.onabort = () => reject(new HttpError(0));
    request.send(files.length ? form(message, files) : json(request, message));
    watch();
  });
}

/** Call what this returns at every sign of life; the request is given up when there is none for too long. */
function watchdog(request) {
  let timer;
  request.onloadend = () => clearTimeout(timer);
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), STALLED_SECONDS * 1000);
  };
}

function form(message, files) {
  const data = new FormData();
  if (message.text) data.append("text", message.text);
  for (const file of files) data.append("file", file, file.name);
  return data;
}

function json(request, { text, payload, location }) {
  request.setRequestHeader("Content-Type", "application/json");
  return JSON.stringify(payload ? { payload } : location ? { location } : { text });
}

function failure(request) {
  const retryAfter = Number(request.getResponseHeader("Retry-After"));
  return new HttpError(request.status, { retryAfter, code: codeOf(request.responseText) });
}

function codeOf(body) {
  try {
    return JSON.parse(body).error ?? "";
  } catch {
    return ""; // an answer from something in between, such as a proxy
  }
}
