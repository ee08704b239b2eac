/* The side panel, the flags and the foot: what the page says about the sheet as it stands. */
import { FLAGS, flagOf } from "./moves.js";

const part = (id) => document.getElementById(id);

export class Panel {
  constructor(sheet, moves) {
    this.sheet = sheet;
    this.moves = moves;
    this.table = sheet.querySelector("table");
    this.works = [...this.table.tBodies[0].rows];
  }

  say(text, trouble = false) {
    part("saved").textContent = text;
    part("saved").parentElement.classList.toggle("trouble", trouble);
  }

  saved() {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false });
    this.say(this.sheet.dataset.saved.replace("{t}", time));
  }

  stuck(kind, count) {
    this.say(this.sheet.dataset[kind].replace("{n}", count), true);
  }

  /** Show how the focused aspect is marked, and where its value lies. */
  show(cell) {
    const row = cell.closest("tr"), { code, aspect } = cell.dataset;
    for (const old of this.table.querySelectorAll(".cur, .act")) old.classList.remove("cur", "act");
    row.classList.add("cur");
    const head = [...this.table.querySelectorAll("[data-col]")].find((one) => one.dataset.col === aspect);
    head?.classList.add("act");
    for (const one of this.moves.cells) if (one.dataset.aspect === aspect) one.parentElement.classList.add("act");
    part("now-where").textContent = this.sheet.dataset.where.replace("{n}", this.works.indexOf(row) + 1);
    part("now-code").textContent = code;
    part("now-aspect").textContent = `${aspect} ${head?.querySelector(".cn").textContent ?? ""}`;
    for (const one of document.querySelectorAll("[data-rubric]")) one.hidden = one.dataset.rubric !== aspect;
    this.#needle(cell);
  }

  #needle(cell) {
    const strip = document.querySelector(`[data-rubric="${CSS.escape(cell.dataset.aspect)}"] .band-v`);
    if (!strip) return;
    const value = Number(cell.value), low = Number(strip.dataset.low), high = Number(strip.dataset.high);
    const needle = strip.querySelector("[data-needle]"), known = cell.value !== "" && Number.isFinite(value);
    const x = Math.min(275, Math.max(5, ((value - low) * 280) / (high - low)));
    needle.setAttribute("visibility", known ? "visible" : "hidden");
    if (known) needle.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
    const fresh = known && cell.value === cell.dataset.saved && cell.dataset.points;
    strip.querySelector("[data-reading]").textContent = fresh
      ? this.sheet.dataset.scale.replace("{v}", cell.value).replace("{p}", cell.dataset.points)
      : "";
  }

  flag(cell, flag) {
    for (const one of FLAGS) cell.parentElement.classList.toggle(one, one === flag);
    cell.parentElement.querySelector("[data-flag]").textContent = flag ? this.table.dataset[`flag${title(flag)}`] : "";
  }

  /** Count a row, the issues and the whole sheet again. */
  count(cell) {
    const row = cell.closest("tr"), inputs = [...row.querySelectorAll(".cellin")];
    const done = inputs.every((one) => one.dataset.saved !== ""), flags = inputs.map(flagOf);
    const state = flags.includes("sp") ? "warn" : flags.includes("er") ? "err" : done ? "done" : "";
    row.classList.remove("warn", "err", "done");
    if (state) row.classList.add(state);
    row.querySelector("[data-state]").textContent = this.table.dataset[`state${title(state)}`];
    const sum = inputs.reduce((total, one) => total + Math.round(Number(one.dataset.points || 0) * 100), 0);
    row.querySelector("[data-sum]").textContent = done ? (sum / 100).toFixed(2) : "—";
    this.#total();
    if (document.activeElement === cell) this.#needle(cell);
  }

  #total() {
    const { cells } = this.moves, open = cells.filter((one) => one.dataset.saved === "");
    const flagged = cells.filter((one) => flagOf(one));
    part("entered").textContent = cells.length - open.length;
    part("bar").value = cells.length - open.length;
    const works = new Set(open.map((one) => one.dataset.code)).size;
    part("open-works").textContent = this.sheet.dataset.openWorks.replace("{w}", works).replace("{i}", flagged.length);
    part("issue-count").textContent = flagged.length;
    part("issues").replaceChildren(...flagged.map((one) => issue(one)));
    const ready = !open.length && !flagged.some((one) => flagOf(one) === "sp");
    if (ready) part("sign").removeAttribute("aria-disabled");
    else part("sign").setAttribute("aria-disabled", "true");
    part("why").hidden = ready;
  }
}

function issue(cell) {
  const words = part("issues").dataset, item = document.createElement("li"), link = document.createElement("a");
  const place = document.createElement("b"), text = document.createElement("span");
  place.textContent = `${cell.dataset.code} · ${cell.dataset.aspect}`;
  text.textContent = words[`say${title(flagOf(cell))}`];
  link.href = `#${cell.id}`;
  link.textContent = words.go;
  item.append(place, text, link);
  return item;
}

function title(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
