/* What every page does when script runs: focus the error summary, open folds that wide screens show, apply facets at once there, show that something long has begun. */
document.querySelector("[data-focus]")?.focus();

const wide = matchMedia("(min-width: 60rem)").matches;
for (const fold of document.querySelectorAll("details[data-open-wide]")) {
  if (wide) fold.open = true;
}

for (const form of wide ? document.querySelectorAll("form[data-apply]") : []) {
  form.addEventListener("change", () => form.requestSubmit());
  form.querySelector("button.btn")?.remove();
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.btn:not([name])");
    if (button) button.setAttribute("aria-busy", "true");
    form.querySelector("[data-wait]")?.removeAttribute("hidden");
  });
}
