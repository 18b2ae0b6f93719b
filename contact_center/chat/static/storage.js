// localStorage for this chat's own names; memory where a browser refuses to store (private windows, a full disk).

const PREFIX = "tawasul.chat.";
const memory = new Map();

export function read(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null; // refused, or written by something else: as good as not there
  }
}

export function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
}

export function remove(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // nothing can be stored there, so there is nothing to remove
  }
}

/** All names that begin with `start`, in order. */
export function names(start) {
  const found = new Set([...memory.keys()]);
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) found.add(key.slice(PREFIX.length));
  } catch {
    // memory is all there is
  }
  return [...found].filter((name) => name.startsWith(start)).sort();
}

/** Call `heard(name)` whenever another tab has changed something. */
export function onOtherTab(heard) {
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(PREFIX)) heard(event.key.slice(PREFIX.length));
  });
}
