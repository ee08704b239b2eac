/* What every page does when script runs: focus the error summary, open folds that wide screens show. */
document.querySelector("[data-focus]")?.focus();

for (const fold of document.querySelectorAll("details[data-open-wide]")) {
  if (matchMedia("(min-width: 60rem)").matches) fold.open = true;
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.btn:not([name])");
    if (button) button.setAttribute("aria-busy", "true");
  });
}
