/* The scoring grid: moves by keyboard, saves each cell on leaving it, keeps what the line refuses.
   Without this file the sheet is a plain form. */
import { askCode, askReason, askWhich, showKeys } from "./score/asking.js";
import { Moves } from "./score/moves.js";
import { newKey, Outbox } from "./score/outbox.js";
import { Panel } from "./score/panel.js";

const sheet = document.getElementById("sheet");
const cells = [...sheet.querySelectorAll(".cellin")];
const moves = new Moves(cells);
const panel = new Panel(sheet, moves);
const letters = document.getElementById("letters");
const LETTERS_OFF = "jiangpu-letters-off";
const done = [], undone = [];
let editing = null;

const outbox = new Outbox({
  store: `jiangpu-sheet-${sheet.dataset.sheet}`,
  url: sheet.dataset.url,
  token: sheet.dataset.token,
  on: { taken, refused, stuck: (kind, count) => panel.stuck(kind, count) },
});

function isCell(thing) {
  return Boolean(thing?.classList?.contains("cellin"));
}

function half(text) {
  return text.replace(/[０-９．。；－]/g, (c) => ({ "．": ".", "。": ".", "；": ";", "－": "-" })[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

function go(cell) {
  if (!cell) return;
  cell.focus();
  cell.select();
}

/* Saving. `heard` is the value last handed to the outbox, so that leaving a cell twice sends it once. */

function save(cell, remember = true) {
  cell.value = half(cell.value.trim());
  const before = cell.dataset.heard ?? cell.dataset.saved;
  if (cell.value === before) return;
  cell.dataset.heard = cell.value;
  cell.dataset.state = "saving";
  if (remember) {
    done.push({ cell, before, after: cell.value });
    undone.length = 0;
  }
  panel.say(sheet.dataset.saving);
  const { code, aspect, seq } = cell.dataset;
  outbox.put({ code, aspect, value: cell.value, based_on: Number(seq), key: newKey(), reason: "" });
}

function taken(change, answer, more) {
  const cell = moves.at(change.code, change.aspect);
  if (!cell) return;
  Object.assign(cell.dataset, { saved: answer.value, seq: answer.seq, points: answer.points });
  cell.removeAttribute("title");
  if (!more) {
    delete cell.dataset.heard;
    delete cell.dataset.state;
    if (document.activeElement !== cell || half(cell.value.trim()) === change.value) cell.value = answer.value;
  }
  panel.flag(cell, answer.flag);
  panel.count(cell);
  panel.saved();
}

/** Answer a refusal: ask for the reason or for the choice; what it returns is sent instead. */
async function refused(change, answer) {
  const cell = moves.at(change.code, change.aspect);
  if (!cell) return null;
  if (answer.kind === "reason") {
    const reason = await askReason(`${change.code} ${change.aspect}：${answer.words}`);
    if (reason) return { ...change, reason, key: newKey() };
    return restore(cell);
  }
  if (answer.kind === "stale") {
    Object.assign(cell.dataset, { saved: answer.value, seq: answer.seq });
    if (answer.value !== change.value && (await askWhich(answer.value, change.value))) {
      return { ...change, based_on: answer.seq, key: newKey() };
    }
    return restore(cell);
  }
  delete cell.dataset.heard;
  cell.dataset.state = "wrong";
  cell.title = answer.words;
  panel.say(`${change.code} ${change.aspect}：${answer.words}`, true);
  return null;
}

function restore(cell) {
  delete cell.dataset.heard;
  delete cell.dataset.state;
  cell.removeAttribute("title");
  cell.value = cell.dataset.saved;
  panel.count(cell);
  panel.saved();
  return null;
}

function step(from, to, side) {
  const last = from.pop();
  if (!last) return;
  last.cell.value = last[side];
  save(last.cell, false);
  to.push(last);
  go(last.cell);
}

/* Keys. */

const KEYS = {
  Enter: (cell, event) => { const next = moves.nextWork(cell, event.shiftKey); if (next) go(next); else save(cell); },
  ArrowDown: (cell) => go(moves.beside(cell, 1, 0)),
  ArrowUp: (cell) => go(moves.beside(cell, -1, 0)),
  ArrowLeft: (cell) => go(moves.beside(cell, 0, -1)),
  ArrowRight: (cell) => go(moves.beside(cell, 0, 1)),
  Escape: (cell) => { editing = null; cell.value = cell.dataset.saved; delete cell.dataset.state; cell.select(); },
  F2: (cell) => { editing = editing === cell ? null : cell; cell.setSelectionRange(cell.value.length, cell.value.length); },
  "?": () => showKeys(),
  "？": () => showKeys(),
};
const LETTERS = {
  g: async (cell) => { const code = await askCode(); go(moves.at(code, cell.dataset.aspect) ?? cell); },
  n: (cell, event) => go(moves.nextOpen(cell, event.shiftKey)),
  a: (cell) => absent(cell),
};
const CONTROLS = {
  z: () => step(done, undone, "before"),
  y: () => step(undone, done, "after"),
  s: (cell) => { save(cell); outbox.run(); },
};

function absent(cell) {
  const box = document.getElementById("absent");
  if (!box) return;
  box.open = true;
  document.getElementById("absent-code").value = cell.dataset.code;
  box.querySelector("button").focus();
}

function act(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return CONTROLS[key];
  if (event.altKey) return undefined;
  if (editing === event.target && ["ArrowLeft", "ArrowRight"].includes(key)) return undefined;
  return KEYS[key] ?? (letters.checked ? LETTERS[key] : undefined);
}

sheet.addEventListener("keydown", (event) => {
  if (!isCell(event.target) || event.isComposing) return;
  const deed = act(event);
  if (!deed) return;
  event.preventDefault();
  deed(event.target, event);
});
sheet.addEventListener("input", (event) => {
  const cell = event.target;
  if (!isCell(cell) || event.isComposing) return;
  const plain = half(cell.value);
  if (plain !== cell.value) cell.value = plain;
  cell.dataset.state = "typing";
  if (cell.dataset.kind === "judgement" && /^[0-3]$/.test(plain)) KEYS.Enter(cell, event);
});
sheet.addEventListener("focusin", (event) => {
  if (!isCell(event.target)) return;
  editing = null;
  panel.show(event.target);
  event.target.select();
});
sheet.addEventListener("focusout", (event) => { if (isCell(event.target)) save(event.target); });
sheet.addEventListener("submit", (event) => { if (event.submitter?.getAttribute("form") !== "absent-form") event.preventDefault(); });
sheet.addEventListener("click", (event) => {
  const link = event.target.closest("#issues a");
  if (!link) return;
  event.preventDefault();
  go(document.getElementById(decodeURIComponent(link.hash.slice(1))));
});
addEventListener("pagehide", () => { if (isCell(document.activeElement)) save(document.activeElement); });

/* The keypad writes where the focus is and does not take it away. */

let last = cells[0];
sheet.addEventListener("focusin", (event) => { if (isCell(event.target)) last = event.target; });
for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    if (document.activeElement !== last) go(last);
    if (button.dataset.key === "Enter") KEYS.Enter(last, { shiftKey: false });
    else write(last, button.dataset.key);
  });
}

function write(cell, key) {
  const { selectionStart: from, selectionEnd: to } = cell;
  if (key === "Backspace") cell.setRangeText("", from === to ? Math.max(0, from - 1) : from, to, "end");
  else cell.setRangeText(key, from, to, "end");
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Opening: what still waits on this device is shown in its cell and sent. */

for (const change of outbox.list) {
  const cell = moves.at(change.code, change.aspect);
  if (cell) Object.assign(cell.dataset, { heard: (cell.value = change.value), state: "saving" });
}
const help = document.getElementById("show-keys");
help.hidden = false;
help.addEventListener("click", () => showKeys());
letters.checked = localStorage.getItem(LETTERS_OFF) === null;
letters.addEventListener("change", () => (letters.checked ? localStorage.removeItem(LETTERS_OFF) : localStorage.setItem(LETTERS_OFF, "1")));
outbox.run();
go(cells.find((cell) => cell.value === "") ?? cells[0]);
