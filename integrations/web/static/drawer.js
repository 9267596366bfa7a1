// The drawer behind a mark or a table cell: the exact value, how it came about, and the very records that counted.

import { date, exact, format } from "./format.js";
import { byId, langOf, make, say } from "./page.js";
import { getJson, Refused } from "./run.js";
import { SHORT } from "./table.js";

const drawer = byId("drawer");
const content = byId("drawer-content");
const title = byId("drawer-title");
let asked = 0;

byId("drawer-close").addEventListener("click", () => drawer.close());
drawer.addEventListener("click", (event) => {
  if (event.target === drawer) drawer.close();
});

/** Open the evidence of one cell of a trace, in the language of its answer. */
export async function openEvidence(traceId, address, language) {
  const mine = ++asked;
  for (const part of [title, content, byId("drawer-links")]) part.lang = langOf(language);
  title.textContent = say("open_proof", {}, language);
  content.replaceChildren(make("p", { className: "step" }, say("loading", {}, language)));
  byId("drawer-links").replaceChildren(...traceLinks(traceId, language));
  if (!drawer.open) drawer.showModal();
  drawer.scrollTop = 0;
  try {
    const opened = await getJson(cellAddress(traceId, address, 0, language));
    if (mine === asked) render(opened, traceId, address, language);
  } catch (error) {
    if (mine === asked) content.replaceChildren(make("p", { className: "notice" }, error instanceof Refused && error.message ? error.message : say("offline", {}, language)));
  }
}

export function traceLinks(traceId, language) {
  const link = (href, text) => make("a", { href, target: "_blank", rel: "noopener" }, text);
  return [
    link(`/api/traces/${traceId}.svg`, say("graph", {}, language)),
    link(`/api/traces/${traceId}`, say("trace_json", {}, language)),
    link(`/api/traces/${traceId}?format=prov`, say("trace_prov", {}, language)),
  ];
}

const cellAddress = (traceId, address, offset, language) => `/api/traces/${traceId}/cells/${encodeURIComponent(address)}?offset=${offset}&lang=${language}`;
const labelOf = (words, language) => (language === "zh" ? [...words.zh, ...words.en] : [...words.en, ...words.zh])[0] ?? "";
const nameOf = (cell, language) => (language === "zh" ? cell.label_zh || cell.label_en : cell.label_en || cell.label_zh);

function render({ evidence, formula }, traceId, address, language) {
  const { cell } = evidence;
  const name = evidence.name ? labelOf(evidence.name, language) : nameOf(cell, language);
  title.textContent = name || say("open_proof", {}, language);
  const facts = make("dl", {}, ...fact(say("value", {}, language), make("span", { className: "exact" }, exact(cell, language))));
  if (evidence.definition) facts.append(...fact(say("definition", {}, language), labelOf(evidence.definition, language)));
  if (formula) facts.append(...fact(say("formula", {}, language), formula));
  if (evidence.operands.length) facts.append(...fact(say("computed_from", {}, language), operands(evidence.operands, traceId, language)));
  if (cell.sources.length) facts.append(...fact(say("source", {}, language), sources(cell.sources, language)));
  content.replaceChildren(facts, evidence.records.length ? recordsOf(evidence, traceId, address, language) : make("p", { className: "more" }, noRecords(evidence, language)));
}

const noRecords = (evidence, language) => (evidence.total > 0 ? say("withheld", {}, language) : say("no_records", {}, language));

function fact(name, value) {
  return [make("dt", {}, name), make("dd", {}, value)];
}

function operands(cells, traceId, language) {
  const line = (cell) => {
    const text = exact(cell, language);
    const button = make("button", { type: "button", className: "link", onclick: () => openEvidence(traceId, cell.address, language) }, text);
    return make("li", {}, nameOf(cell, language) ? `${nameOf(cell, language)} ` : "", button);
  };
  return make("ul", {}, ...cells.map(line));
}

function sources(refs, language) {
  return make("ul", {}, ...refs.map((ref) => make("li", {}, [ref.system, ref.table, ref.record, ref.field, say("as_of", { day: date(ref.as_of, language) }, language)].join(" · "))));
}

function recordsOf(evidence, traceId, address, language) {
  const body = make("tbody", {}, ...evidence.records.map((record) => recordLine(record, language)));
  const caption = make("p", { className: "more" });
  const more = make("button", { type: "button" }, say("more_records", {}, language));
  const state = () => {
    caption.textContent = say("shown_records", { n: count(body.rows.length), m: count(evidence.total) }, language);
    more.hidden = body.rows.length >= evidence.total;
  };
  let offset = evidence.records.length;
  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const next = (await getJson(cellAddress(traceId, address, offset, language))).evidence.records;
      offset += next.length;
      body.append(...next.map((record) => recordLine(record, language)));
      state();
      if (!next.length) more.hidden = true;
    } catch {
      caption.textContent = say("offline", {}, language);
    }
    more.disabled = false;
  });
  state();
  const head = make("tr", {}, ...[say("row", {}, language), ...evidence.columns, say("as_of", { day: "" }, language).trim()].map((name) => make("th", { scope: "col" }, name)));
  return make("section", {}, caption, make("div", { className: "scroller", role: "region", tabIndex: 0, "aria-label": say("records", { n: count(evidence.total) }, language) }, make("table", {}, make("thead", {}, head), body)), more);
}

const count = (n) => format(n, "count", null, "en");

/** Values as the record holds them; only dates are said in words. */
function recordLine(record, language) {
  const origin = [record.system, record.table, record.line === null ? "" : `#${record.line}`, `${say("version", {}, language)} ${record.version}`].filter(Boolean).join(" · ");
  const value = (text) => {
    if (text === null) return make("td", { className: "missing", title: say("missing", {}, language) }, "–");
    const figure = /^-?\d+(\.\d+)?$/.test(text);
    const day = /^\d{4}-\d{2}-\d{2}/.test(text);
    return make("td", { className: figure ? "figure" : text.length <= SHORT ? "short" : "" }, day ? date(text, language) : text);
  };
  return make("tr", {}, make("th", { scope: "row", title: origin }, record.record), ...record.values.map(value), make("td", { className: "short" }, date(record.as_of.slice(0, 10), language)));
}
