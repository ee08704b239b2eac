/* What the grid asks. Each dialog answers with a promise; Esc means "leave it". */

function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

const part = (id) => document.getElementById(id);

export async function askReason(words) {
  const dialog = part("ask-reason"), text = part("ask-reason-text");
  dialog.querySelector("[data-words]").textContent = words;
  text.value = "";
  const answer = await ask(dialog);
  return answer === "yes" ? text.value.trim() : "";
}

export async function askWhich(there, typed) {
  const dialog = part("ask-which");
  dialog.querySelector("[data-there]").textContent = there || "—";
  dialog.querySelector("[data-typed]").textContent = typed || "—";
  return (await ask(dialog)) === "mine";
}

export async function askCode() {
  const text = part("ask-code-text");
  text.value = "";
  return (await ask(part("ask-code"))) === "yes" ? text.value.trim().toUpperCase() : "";
}

export function showKeys() {
  return ask(part("keys"));
}
