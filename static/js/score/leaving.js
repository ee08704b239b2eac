/* Nobody signs out over marks that still wait on this device; once all are sent nothing is left on it. */
const form = document.getElementById("leave");
const said = document.getElementById("unsent");

function waiting() {
  const stores = form.dataset.sheets.split(" ").filter(Boolean).map((id) => localStorage.getItem(`jiangpu-sheet-${id}`));
  return stores.reduce((count, list) => count + (list ? JSON.parse(list).length : 0), 0);
}

form.addEventListener("submit", (event) => {
  const count = waiting();
  if (!count) return;
  event.preventDefault();
  said.textContent = form.dataset.words.replace("{n}", count);
  said.hidden = false;
});
