/* Moving over the grid: rows are codes, columns aspects; rows without cells are stepped over. */

export class Moves {
  constructor(cells) {
    this.cells = cells;
    this.codes = [...new Set(cells.map((cell) => cell.dataset.code))];
    this.aspects = [...new Set(cells.map((cell) => cell.dataset.aspect))];
    this.index = new Map(cells.map((cell) => [`${cell.dataset.code}:${cell.dataset.aspect}`, cell]));
  }

  at(code, aspect) {
    return this.index.get(`${code}:${aspect}`);
  }

  beside(cell, down, right) {
    const row = this.codes.indexOf(cell.dataset.code) + down;
    const column = this.aspects.indexOf(cell.dataset.aspect) + right;
    return this.at(this.codes[row], this.aspects[column]);
  }

  /** Column first: all works with one gauge, then the next aspect from the top. */
  nextWork(cell, back = false) {
    const step = back ? -1 : 1;
    const edge = back ? this.codes.at(-1) : this.codes[0];
    const column = this.aspects.indexOf(cell.dataset.aspect) + step;
    return this.beside(cell, step, 0) ?? this.at(edge, this.aspects[column]);
  }

  /** The next cell that is empty or flagged, around the end to the beginning. */
  nextOpen(cell, back = false) {
    const list = back ? [...this.cells].reverse() : this.cells;
    const from = list.indexOf(cell);
    const open = (one) => one.dataset.saved === "" || flagOf(one) === "sp" || flagOf(one) === "er";
    return [...list.slice(from + 1), ...list.slice(0, from)].find(open);
  }
}

export const FLAGS = ["sp", "er", "out"];

export function flagOf(cell) {
  return FLAGS.find((flag) => cell.parentElement.classList.contains(flag)) ?? "";
}
