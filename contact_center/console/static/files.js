// Choosing files: our own words in the page's language instead of the browser's. Without this script, the browser's.

for (const box of document.querySelectorAll(".file-input")) {
  const [input, button, chosen] = box.children;
  const none = chosen.textContent;
  const show = () => {
    const names = Array.from(input.files, (file) => file.name);
    chosen.replaceChildren(...(names.length ? names.map(isolated) : [none]));
  };
  input.addEventListener("change", show);
  input.form.addEventListener("reset", () => setTimeout(show));
  input.classList.add("unseen");
  button.hidden = chosen.hidden = false;
  show();
}

/** A file's name, apart from the direction of the words around it. */
function isolated(name) {
  const part = document.createElement("bdi");
  part.textContent = name;
  return part;
}
