// One message over HTTP. XMLHttpRequest, because `fetch` does not tell how far an upload is.

import { HttpError } from "./session.js";

const WORDS_SECONDS = 20;
const FILES_SECONDS = 300;

/** Post a message of the outgoing queue; resolves once it is acknowledged. Throws `HttpError`. */
export function post(session, message, files, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/messages");
    request.timeout = (files.length ? FILES_SECONDS : WORDS_SECONDS) * 1000;
    request.setRequestHeader("Authorization", `Bearer ${session.token}`);
    request.setRequestHeader("Idempotency-Key", message.key);
    if (files.length) request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve() : reject(failure(request)));
    request.onerror = request.ontimeout = request.onabort = () => reject(new HttpError(0));
    request.send(files.length ? form(message, files) : json(request, message));
  });
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
