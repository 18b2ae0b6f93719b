// What stands below a message that the service would not take.

import { say } from "./words.js";

/** The reason, and two buttons: try it again, or remove it. */
export function refusal(why, onAgain, onDrop) {
  const element = document.createElement("div");
  element.className = "refusal";
  element.setAttribute("role", "alert");
  const reason = document.createElement("p");
  reason.textContent = say(why);
  element.append(reason, button("send_again", onAgain), button("drop_message", onDrop));
  return element;
}

function button(name, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = say(name);
  element.addEventListener("click", onClick);
  return element;
}
