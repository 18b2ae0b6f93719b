// Keys that work on every page: an element with data-key="n" is clicked, or focused if it is a field, when N is pressed
// outside fields, and with Alt anywhere; what is hidden has none. They are read by their place too, so that an Arabic
// keyboard need not be switched. What is being written goes with Ctrl and Enter, on a Mac with ⌘ and Enter.

const PLACES = { Slash: "/" };

/** The shortcut that a key press means, whatever the keyboard's language. */
function shortcut(event) {
  if (event.key === "?" || event.key === "؟" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.code.startsWith("Key")) return event.code.slice(3).toLowerCase();
  return event.key === "/" ? "/" : PLACES[event.code];
}

/** Whether what is typed goes into the element. */
function takesTyping(element) {
  return element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function act(element) {
  if (element.dataset.opens) document.getElementById(element.dataset.opens).showModal();
  else if (element.matches("input, textarea")) element.select();
  else element.click();
}

/** Press the button that follows a text field in its form. */
function send(field) {
  const follows = (each) => field.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  const button = [...field.form.elements].find((each) => each.type === "submit" && !each.disabled && follows(each));
  if (button) field.form.requestSubmit(button);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("form textarea")) {
    if (!event.defaultPrevented && !event.repeat) send(event.target);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (takesTyping(event.target) && !event.altKey) return;
  const wanted = shortcut(event);
  const element = wanted && [...document.querySelectorAll(`[data-key="${wanted}"]`)].find((each) => !each.closest("[hidden]"));
  if (!element) return;
  event.preventDefault();
  act(element);
});

for (const opener of document.querySelectorAll("[data-opens]")) opener.addEventListener("click", () => act(opener));
