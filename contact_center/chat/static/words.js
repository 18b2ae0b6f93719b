// What the page says, in the page's language (contact_center/chat/words.py).

const words = JSON.parse(document.body.dataset.words);

/** A sentence by its name, with `{value}`s filled in. */
export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
}
