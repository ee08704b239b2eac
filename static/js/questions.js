// Shows and hides an event's questions at once. Without it the server does the same when the step is sent.
const boxes = [...document.querySelectorAll(".qn[data-code]")];
const asked = document.querySelector('input[name="q-asked"]');

function answerOf(name) {
  const controls = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const chosen = controls.find((one) => one.type !== "radio" || one.checked);
  return chosen && !chosen.disabled ? chosen.value : "";
}

function holds(when) {
  const answer = answerOf(when.field);
  if (!answer) return false;
  return when.values.includes(answer) !== (when.match === "is_not");
}

function apply() {
  for (const box of boxes) {
    if (box.dataset.when) {
      const shown = holds(JSON.parse(box.dataset.when));
      box.hidden = !shown;
      for (const control of box.querySelectorAll("input, select, textarea")) control.disabled = !shown;
    }
  }
  if (asked) asked.value = boxes.filter((box) => !box.hidden).map((box) => box.dataset.code).join(",");
}

if (boxes.length) {
  document.addEventListener("change", apply);
  apply();
}
