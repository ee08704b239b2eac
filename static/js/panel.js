/* Draws a judge of the pool onto a seat: the same form as its button; a place shows at once what would become of it. */
let drawn = null;

for (const row of document.querySelectorAll("[data-judge]")) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    drawn = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.judge);
  });
  row.addEventListener("dragend", () => {
    drawn = null;
    for (const place of document.querySelectorAll("[data-place]")) place.removeAttribute("data-over");
  });
}

for (const place of document.querySelectorAll("[data-place]")) {
  place.addEventListener("dragover", (event) => {
    if (!drawn) return;
    place.dataset.over = ["hard", "soft", "fine"].find((kind) => drawn.classList.contains(kind));
    if (place.dataset.over !== "hard") event.preventDefault();
  });
  place.addEventListener("dragleave", () => place.removeAttribute("data-over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    const form = drawn?.querySelector("form");
    if (!form) return;
    form.elements.number.value = place.dataset.place;
    form.requestSubmit();
  });
}
