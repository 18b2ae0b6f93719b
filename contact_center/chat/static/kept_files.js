// Files of messages that are not yet acknowledged, in IndexedDB: a page that is loaded again can still send them.

const memory = new Map();

/** Keep the files of the message `key` until it is dropped. */
export async function keep(key, files) {
  memory.set(key, files);
  await quietly((store) => store.put(files, key), "readwrite");
}

/** The files of the message `key`; null where the browser has not kept them. */
export async function files(key) {
  return memory.get(key) ?? (await quietly((store) => store.get(key), "readonly")) ?? null;
}

export async function drop(key) {
  memory.delete(key);
  await quietly((store) => store.delete(key), "readwrite");
}

/** One request to the store; undefined where the browser has no IndexedDB for us (memory still serves this page). */
async function quietly(work, mode) {
  try {
    const database = await opened();
    const result = await finished(work(database.transaction("files", mode).objectStore("files")));
    database.close();
    return result;
  } catch {
    return undefined;
  }
}

function opened() {
  const opening = indexedDB.open("tawasul.chat", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("files");
  return finished(opening);
}

function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
