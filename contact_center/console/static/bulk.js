// Ticks in the list: all at once, and how many there are. Without this script each is ticked by itself. The list may come
// anew while the page is open.

const ticks = () => [...document.querySelectorAll('input[name="reference"]')];

function show() {
  const all = document.getElementById("tick-all");
  if (!all) return;
  const count = document.getElementById("ticked");
  const ticked = ticks().filter((tick) => tick.checked).length;
  count.hidden = ticked === 0;
  count.textContent = count.dataset.words.replace("#", ticked.toLocaleString(document.documentElement.lang === "ar" ? "ar-EG" : "en"));
  all.closest("label").hidden = false;
  all.checked = ticked === ticks().length;
  all.indeterminate = ticked > 0 && !all.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.id === "tick-all") for (const tick of ticks()) tick.checked = event.target.checked;
  if (event.target.matches('#tick-all, input[name="reference"]')) show();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches('input[name="reference"]')) event.preventDefault();
});
document.addEventListener("htmx:afterSettle", show);
show();
