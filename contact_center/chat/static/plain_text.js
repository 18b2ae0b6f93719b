// Text from elsewhere as text: never as HTML, its line breaks kept, its numbers readable in either direction.

// Reference numbers, phones, times and dates: digits with separators, which right-to-left text would turn round.
const NUMBERS = /(\+?[0-9٠-٩]+(?:[-/:.،, ()]{1,2}[0-9٠-٩]+)*)/;

/** Put `text` into `element`, each number in an isolate of its own. */
export function write(element, text) {
  const parts = text.split(NUMBERS);
  element.replaceChildren(...parts.map((part, index) => (index % 2 ? isolated(part) : document.createTextNode(part))));
}

/** `text` in a `<bdi>`, left to right unless told otherwise. */
export function isolated(text, direction = "ltr") {
  const bdi = document.createElement("bdi");
  bdi.dir = direction;
  bdi.textContent = text;
  return bdi;
}
