// Ticks in the list: all at once, and how many there are. Without this script each is ticked by itself.

const all = document.getElementById("tick-all");
const ticks = [...document.querySelectorAll('input[name="reference"]')];
const count = document.getElementById("ticked");

function show() {
  const ticked = ticks.filter((tick) => tick.checked).length;
  count.hidden = ticked === 0;
  count.textContent = count.dataset.words.replace("#", ticked.toLocaleString(document.documentElement.lang === "ar" ? "ar-EG" : "en"));
  all.checked = ticked === ticks.length;
  all.indeterminate = ticked > 0 && !all.checked;
}

all.closest("label").hidden = false;
all.addEventListener("change", () => {
  for (const tick of ticks) tick.checked = all.checked;
  show();
});
for (const tick of ticks) {
  tick.addEventListener("change", show);
  tick.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}
show();
