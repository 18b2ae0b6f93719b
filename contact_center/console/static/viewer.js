// Photos of a case, large, one after the other: a link with data-photo opens here; without this script it opens by itself.

const dialog = document.getElementById("viewer");
const picture = dialog.querySelector("img");
const place = dialog.querySelector("[data-place]");
const original = dialog.querySelector("[data-original]");
const steps = { next: 1, previous: -1 };
let photos = [];
let shown = 0;

function show(index) {
  shown = (index + photos.length) % photos.length;
  const photo = photos[shown];
  picture.src = photo.href;
  picture.alt = photo.dataset.photo;
  original.href = photo.href;
  const written = (number) => number.toLocaleString(document.documentElement.lang === "ar" ? "ar-EG" : "en");
  place.textContent = place.dataset.words.replace("#n", written(shown + 1)).replace("#all", written(photos.length));
}

/** Photos may have come anew since the page was made. */
function open(link) {
  photos = [...document.querySelectorAll("a[data-photo]")];
  show(photos.indexOf(link));
  for (const button of dialog.querySelectorAll("[data-step]")) button.hidden = photos.length < 2;
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-photo]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

dialog.addEventListener("click", (event) => {
  const step = steps[event.target.closest("[data-step]")?.dataset.step];
  if (step) show(shown + step);
  else if (event.target === dialog) dialog.close();
});

dialog.addEventListener("keydown", (event) => {
  const ahead = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = { [ahead]: 1, [ahead === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: -1 }[event.key];
  const end = { Home: 0, End: photos.length - 1 }[event.key];
  if (step === undefined && end === undefined) return;
  event.preventDefault();
  show(step === undefined ? end : shown + step);
});

// A photo that is no longer shown is not kept in memory, nor seen for a moment when the next one is opened.
dialog.addEventListener("close", () => picture.removeAttribute("src"));
