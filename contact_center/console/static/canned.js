// Canned replies: the chosen one goes into its field at once. Without this script the page comes again with it.

/** Put words where the writer is, on a line of their own if something stands there already. */
function insert(field, words) {
  const start = field.value.slice(0, field.selectionStart);
  const gap = start && !start.endsWith("\n") ? "\n" : "";
  field.setRangeText(gap + words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

for (const form of document.querySelectorAll("form[data-canned]")) {
  form.addEventListener("submit", (event) => {
    const chosen = form.querySelector("select").selectedOptions[0];
    event.preventDefault();
    insert(document.getElementById(form.dataset.canned), chosen.dataset.words);
  });
}
