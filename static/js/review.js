/* The reviewer's keys: each acts on what carries it, never while something is being typed. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.tagName === "DETAILS") {
    found.open = true;
    found.querySelector("textarea, input:not([type=hidden])")?.focus();
  } else {
    (found.tagName === "A" ? found : found.querySelector("button"))?.click();
  }
});
