// Beginning anew, after the person has said that they mean it.

const dialog = document.getElementById("ask-new-chat");

/** Wire the button; `hasUnsent()`: whether something would be lost; `onNew()`: begin anew. */
export function newChat(hasUnsent, onNew) {
  document.getElementById("new-chat").addEventListener("click", () => {
    document.getElementById("unsent").hidden = !hasUnsent();
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => dialog.returnValue === "new" && onNew());
}
