// Text from elsewhere as text: never as HTML, its line breaks kept, its numbers readable in either direction.

// Phones with spaces in them; then reference numbers, dates, times and other numbers. Right-to-left text would turn
// their parts round; two numbers that only stand side by side it should.
const NUMBERS = /(\+[0-9٠-٩]+(?:[ -][0-9٠-٩]+)*|[0-9٠-٩]{4} [0-9٠-٩]{4}|[0-9٠-٩]+(?:[-/:.,٫٬][0-9٠-٩]+)*)/;
const WHOLE = 24; // characters: a number of ordinary length is not broken over two lines

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
  bdi.classList.toggle("whole", text.length <= WHOLE);
  return bdi;
}
