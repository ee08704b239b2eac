/* The scoring grid: moves by keyboard, saves each cell on leaving it, keeps what the line refuses.
   Without this file the sheet is a plain form. */
const sheet = document.getElementById("sheet");
const cells = [...sheet.querySelectorAll(".cellin:not([readonly])")];
const store = `jiangpu-sheet-${sheet.dataset.event}`;
const status = document.getElementById("saved");
const columns = [...new Set(cells.map((cell) => cell.dataset.aspect))];
const codes = [...new Set(cells.map((cell) => cell.dataset.code))];
const undo = [];
let editing = false;

const at = (code, aspect) => cells.find((c) => c.dataset.code === code && c.dataset.aspect === aspect);
const half = (text) => text.replace(/[０-９．。]/g, (c) => (c === "．" || c === "。" ? "." : String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
const queue = () => JSON.parse(localStorage.getItem(store) ?? "[]");
const keep = (list) => (list.length ? localStorage.setItem(store, JSON.stringify(list)) : localStorage.removeItem(store));

for (const cell of cells) cell.dataset.saved = cell.value;

function say(text) { status.textContent = text; }

function move(cell, down, right) {
  const row = codes.indexOf(cell.dataset.code), column = columns.indexOf(cell.dataset.aspect);
  const next = at(codes[row + down], columns[column + right]);
  if (next) { next.focus(); next.select(); }
  return Boolean(next);
}

function nextWork(cell, back = false) {
  if (move(cell, back ? -1 : 1, 0)) return;
  const column = columns.indexOf(cell.dataset.aspect) + (back ? -1 : 1);
  const target = at(back ? codes.at(-1) : codes[0], columns[column]);
  if (target) { target.focus(); target.select(); } else save(cell);
}

async function save(cell, reason = "") {
  const value = half(cell.value.trim());
  if (value === cell.dataset.saved) return;
  cell.value = value;
  const change = { code: cell.dataset.code, aspect: cell.dataset.aspect, value, based_on: Number(cell.dataset.seq), key: crypto.randomUUID().replaceAll("-", ""), reason };
  undo.push({ cell, before: cell.dataset.saved });
  cell.dataset.state = "saving";
  await send(change, cell);
}

async function send(change, cell) {
  let answer;
  try {
    const reply = await fetch(sheet.dataset.url, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": sheet.dataset.token }, body: JSON.stringify(change) });
    answer = await reply.json();
  } catch {
    keep([...queue().filter((c) => !(c.code === change.code && c.aspect === change.aspect)), change]);
    cell.dataset.state = "waiting";
    say(sheet.dataset.offline.replace("{n}", queue().length));
    return false;
  }
  if (answer.ok) return taken(answer, cell);
  if (change.reason === "" && change.value !== "" && cell.dataset.seq !== "0" && !answer.stale) {
    const reason = prompt(`${answer.words}\n${sheet.dataset.why}`);
    if (reason) return send({ ...change, reason, key: crypto.randomUUID().replaceAll("-", "") }, cell);
  }
  cell.dataset.state = "wrong";
  cell.title = answer.words;
  say(`${change.code} ${change.aspect}：${answer.words}`);
  return true;
}

function taken(answer, cell) {
  cell.dataset.saved = answer.value; cell.dataset.seq = answer.seq; cell.dataset.points = answer.points;
  cell.value = answer.value; cell.dataset.state = ""; cell.title = "";
  cell.parentElement.classList.toggle("er", answer.odd);
  say(sheet.dataset.saved.replace("{t}", new Date().toLocaleTimeString("zh-CN", { hour12: false })));
  count(cell);
  return true;
}

function count(cell) {
  const row = cell.closest("tr"), inputs = [...row.querySelectorAll(".cellin")];
  const done = inputs.every((input) => input.dataset.saved !== "");
  row.className = done ? "done" : "";
  row.querySelector("[data-sum]").textContent = done ? inputs.reduce((sum, input) => sum + Number(input.dataset.points || 0), 0).toFixed(2) : "—";
  const entered = cells.filter((input) => input.dataset.saved !== "").length;
  document.getElementById("entered").textContent = entered;
  document.getElementById("bar").value = entered;
}

async function drain() {
  for (const change of queue()) {
    const cell = at(change.code, change.aspect);
    if (!cell || !(await send(change, cell))) return;
    keep(queue().filter((c) => c.key !== change.key));
  }
}

function show(cell) {
  document.getElementById("now-code").textContent = cell.dataset.code;
  document.getElementById("now-aspect").textContent = cell.dataset.aspect;
  for (const part of document.querySelectorAll("[data-rubric]")) part.hidden = part.dataset.rubric !== cell.dataset.aspect;
  for (const row of sheet.querySelectorAll("tr.cur")) row.classList.remove("cur");
  cell.closest("tr").classList.add("cur");
}

const keys = {
  Enter: (cell, event) => nextWork(cell, event.shiftKey),
  ArrowDown: (cell) => move(cell, 1, 0),
  ArrowUp: (cell) => move(cell, -1, 0),
  ArrowLeft: (cell) => !editing && move(cell, 0, -1),
  ArrowRight: (cell) => !editing && move(cell, 0, 1),
  Escape: (cell) => { cell.value = cell.dataset.saved; cell.dataset.state = ""; cell.select(); },
  F2: (cell) => { editing = !editing; cell.setSelectionRange(cell.value.length, cell.value.length); },
  g: () => { const code = prompt("G")?.trim().toUpperCase(); const cell = code && at(code, columns[0]); if (cell) cell.focus(); },
  n: (cell) => { const from = cells.indexOf(cell); const empty = [...cells.slice(from + 1), ...cells.slice(0, from)].find((c) => c.dataset.saved === ""); if (empty) empty.focus(); },
};

sheet.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.classList?.contains("cellin") || cell.readOnly) return;
  if (event.ctrlKey && event.key === "z") { const last = undo.pop(); if (last) { last.cell.value = last.before; save(last.cell); last.cell.focus(); } event.preventDefault(); return; }
  if (event.ctrlKey && event.key === "s") { save(cell); event.preventDefault(); return; }
  if (editing && ["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const act = keys[event.key] ?? keys[event.key.toLowerCase()];
  if (act && !event.ctrlKey && !event.altKey) { event.preventDefault(); act(cell, event); }
});
sheet.addEventListener("input", (event) => {
  const cell = event.target;
  if (!cell.classList?.contains("cellin")) return;
  cell.value = half(cell.value);
  if (cell.dataset.kind === "judgement" && /^[0-3]$/.test(cell.value)) nextWork(cell);
});
sheet.addEventListener("focusin", (event) => { if (event.target.classList?.contains("cellin")) { editing = false; show(event.target); event.target.select(); } });
sheet.addEventListener("focusout", (event) => { if (event.target.classList?.contains("cellin") && !event.target.readOnly) save(event.target); });
sheet.addEventListener("submit", (event) => event.preventDefault());

for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const cell = document.activeElement;
    if (!cell?.classList?.contains("cellin")) { cells[0]?.focus(); return; }
    const key = button.dataset.key;
    if (key === "Enter") nextWork(cell);
    else { cell.setRangeText(key === "Backspace" ? "" : key, key === "Backspace" && cell.selectionStart === cell.selectionEnd ? Math.max(0, cell.selectionStart - 1) : cell.selectionStart, cell.selectionEnd, "end"); cell.dispatchEvent(new Event("input", { bubbles: true })); }
  });
}
addEventListener("online", drain);
drain();
cells.find((cell) => cell.value === "")?.focus();
