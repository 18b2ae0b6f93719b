// Quick replies under a line of the assistant's: usable until a newer question is asked or one of them is pressed.

/** The buttons of a line, `[{title, payload}]`; `onPress(button)` is called once at most. */
export function quickReplies(buttons, onPress) {
  const group = document.createElement("div");
  group.className = "replies";
  for (const button of buttons) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "reply";
    element.dir = "auto";
    element.textContent = button.title;
    element.dataset.payload = button.payload;
    element.addEventListener("click", () => {
      chosen(element);
      onPress(button);
    });
    group.append(element);
  }
  return group;
}

/** Disable every group within `log`: a newer question is open. */
export function retire(log) {
  for (const button of log.querySelectorAll(".reply")) button.disabled = true;
}

/** Show which button was pressed, of whichever group it is. */
export function markPressed(log, payload) {
  const button = log.querySelector(`.reply[data-payload="${CSS.escape(payload)}"]`);
  if (button) chosen(button);
}

function chosen(button) {
  for (const other of button.parentElement.querySelectorAll(".reply")) other.disabled = true;
  button.classList.add("chosen");
}
