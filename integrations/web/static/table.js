// A table of an answer: figures right-aligned, sorted by its headers, folded beyond ten rows, every cell opening its evidence.

import { format, NUMERIC, placesFor } from "./format.js";
import { make, say } from "./page.js";

const FOLD = 10;
export const SHORT = 28;

/** The figure for one table. `open(address)` shows what a cell rests on. */
export function tableFigure(table, language, open) {
  const kinds = table.columns.map((_, column) => ({
    type: table.types[column] ?? "text",
    unit: table.units[column] ?? null,
    places: placesFor(table.rows.map((row) => row[column]), table.types[column]),
  }));
  const body = make("tbody");
  const lines = table.rows.map((row, index) => ({ row, line: lineOf(row, table.cells[index] ?? [], kinds, language, open) }));
  body.append(...lines.map((each) => each.line));
  body.addEventListener("keydown", (event) => walk(event, body));
  roveFrom(body);
  const figure = make(
    "figure",
    { className: "table" },
    make("figcaption", {}, table.name),
    make("div", { className: "scroller", role: "region", tabIndex: 0, "aria-label": table.name }, make("table", {}, head(table, kinds, lines, body, language), body)),
  );
  const folds = table.rows.length > FOLD ? fold(body, table.rows.length, language) : null;
  const left = table.total_rows > table.rows.length ? make("p", { className: "more" }, say("rows_of", { n: count(table.rows.length), m: count(table.total_rows) }, language)) : null;
  if (folds || left) figure.append(make("div", { className: "below" }, folds, left));
  return figure;
}

const count = (n) => format(n, "count", null, "en");

function lineOf(row, addresses, kinds, language, open) {
  return make("tr", {}, ...row.map((value, column) => {
    const { type, unit, places } = kinds[column];
    const empty = value === null || value === "";
    const text = empty ? "–" : format(value, type, unit, language, places);
    const address = addresses[column];
    const inner = address && !empty
      ? make("button", { type: "button", className: "cell", tabIndex: -1, title: String(value), "aria-label": say("cell_hint", { text }, language), onclick: () => open(address) }, text)
      : text;
    return make(column === 0 ? "th" : "td", { scope: column === 0 ? "row" : null, className: classOf(type, empty, text), title: empty ? say("missing", {}, language) : null }, inner);
  }));
}

function classOf(type, empty, text) {
  const kind = NUMERIC.has(type) ? "figure" : text.length <= SHORT ? "short" : "";
  return `${kind} ${empty ? "missing" : ""}`.trim();
}

function head(table, kinds, lines, body, language) {
  const collator = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true });
  const cells = table.columns.map((name, column) => {
    const button = make("button", { type: "button", title: say("sort_by", { name }, language) }, name);
    const cell = make("th", { scope: "col", "aria-sort": "none", className: NUMERIC.has(kinds[column].type) ? "figure" : "" }, button);
    button.addEventListener("click", () => {
      const next = following(cell.getAttribute("aria-sort"), NUMERIC.has(kinds[column].type));
      for (const other of cell.parentElement.children) other.setAttribute("aria-sort", "none");
      cell.setAttribute("aria-sort", next);
      body.append(...sorted(lines, column, next, collator).map((each) => each.line));
      roveFrom(body);
    });
    return cell;
  });
  return make("thead", {}, make("tr", {}, ...cells));
}

/** Figures begin with the largest, words with the first; the third click brings the answer's own order back. */
function following(now, numeric) {
  const order = numeric ? ["none", "descending", "ascending"] : ["none", "ascending", "descending"];
  return order[(order.indexOf(now) + 1) % order.length];
}

function sorted(lines, column, direction, collator) {
  if (direction === "none") return lines;
  const turn = direction === "ascending" ? 1 : -1;
  return [...lines].sort((one, two) => {
    const [a, b] = [one.row[column], two.row[column]];
    if (a === null || b === null) return (a === null) - (b === null);
    return turn * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b)));
  });
}

function fold(body, rows, language) {
  body.classList.add("folded");
  const button = make("button", { type: "button", className: "quiet", "aria-expanded": "false" }, say("show_rows", { n: count(rows) }, language));
  button.addEventListener("click", () => {
    const folded = body.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = folded ? say("show_rows", { n: count(rows) }, language) : say("hide_rows", { n: count(FOLD) }, language);
    roveFrom(body);
  });
  return button;
}

/** One stop for the Tab key per table; the arrow keys walk on from there. */
function roveFrom(body) {
  const buttons = [...body.querySelectorAll("button.cell")];
  buttons.forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
}

function walk(event, body) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const step = steps[event.key];
  const cell = event.target.closest("td, th");
  if (!step || !cell) return;
  event.preventDefault();
  const rows = [...body.rows].filter((row) => row.offsetParent !== null);
  const row = rows[rows.indexOf(cell.parentElement) + step[0]];
  const next = row?.cells[cell.cellIndex + step[1]]?.querySelector("button.cell");
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
