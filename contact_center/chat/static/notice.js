// A sentence above the composer: why something cannot be sent, or what is going on.

const element = document.getElementById("notice");

/** Show a sentence, read out at once; empty: take it away. */
export function notice(sentence = "") {
  element.textContent = sentence;
}
