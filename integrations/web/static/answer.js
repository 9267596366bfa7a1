// Draws an answer: its sentences with marks at the numbers, then choices, tables, suggestions and what can be done next.

import { chartFigure } from "./chart.js";
import { openEvidence } from "./drawer.js";
import { date, format } from "./format.js";
import { langOf, make, say } from "./page.js";
import { tableFigure } from "./table.js";
import * as tip from "./tip.js";

const MARK = / ?\[(\d{1,3})\]/g;
const UNFINISHED = / ?(\[\d{0,3})?$/;
const LONGEST_KEPT_WHOLE = 24;
const SHARES = new Set(["wilson", "venn-abers"]);

/** Text that is still arriving: marks keep their place but lead nowhere yet. */
export function drawArriving(holder, text) {
  holder.replaceChildren(...paragraphs(text.replace(UNFINISHED, ""), () => null));
}

/** The whole answer. `ask(question)` sends a choice or a next step. */
export function drawAnswer(holder, answer, ask) {
  holder.lang = langOf(answer.language);
  holder.classList.toggle("unsure", answer.abstained);
  const open = (address) => openEvidence(answer.trace_id, address, answer.language);
  holder.replaceChildren(
    ...paragraphs(answer.answer, (number) => proofOf(answer, number, open)),
    answer.clarify.length ? buttons("choices", answer.clarify.map((choice) => [choice.text, choice.ask]), ask) : "",
    ...answer.charts.map((chart, number) => chartFigure(answer, chart, number)),
    ...answer.tables.map((table) => tableFigure(table, answer.language, open)),
    ...answer.suggestions.map((each) => suggestion(each, answer.language)),
    sourceList(answer),
    about(answer),
    answer.next_steps.length ? buttons("next", answer.next_steps.slice(0, 3).map((step) => [step, step]), ask) : "",
  );
}

function paragraphs(text, proof) {
  return text.split(/\n{2,}/).filter(Boolean).map((part, index) => make("p", { className: index ? "note" : "said" }, ...marked(part, proof)));
}

/** The pieces of a paragraph; a number and its mark are never parted by a line break. */
function marked(text, proof) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    const before = text.slice(at, match.index);
    const found = proof(match[1]);
    const value = found && found.claim.text.length <= LONGEST_KEPT_WHOLE && before.endsWith(found.claim.text) ? found.claim.text : "";
    pieces.push(before.slice(0, before.length - value.length));
    pieces.push(make("span", { className: "proved" }, value, found ? markButton(match[1], found) : make("span", { className: "mark" }, match[1])));
    at = match.index + match[0].length;
  }
  pieces.push(text.slice(at));
  return pieces;
}

function proofOf(answer, number, open) {
  const source = answer.sources.find((each) => String(each.mark) === number);
  const claim = answer.claims.find((each) => String(each.mark) === number);
  if (!source || !claim) return null;
  const counted = source.records === 1 ? say("record", {}, answer.language) : say("records", { n: format(source.records, "count", null, answer.language) }, answer.language);
  const asOf = source.as_of ? say("as_of", { day: date(source.as_of, answer.language) }, answer.language) : "";
  const value = format(claim.value, claim.type, claim.unit, answer.language);
  return { claim, language: answer.language, lines: [value, source.text, [source.records ? counted : "", asOf].filter(Boolean).join(" · ")].filter(Boolean), open: () => open(source.cell) };
}

function markButton(number, { language, lines, open }) {
  const mark = make("button", { type: "button", className: "mark", "aria-label": `${say("mark", { n: number }, language)}: ${lines.join(", ")}` }, number);
  let touched = false;
  const show = () => tip.show(mark, lines, open, language);
  mark.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show());
  mark.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && tip.hideSoon());
  mark.addEventListener("focus", () => mark.matches(":focus-visible") && show());
  mark.addEventListener("blur", tip.hideSoon);
  mark.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  mark.addEventListener("click", () => {
    if (touched) {
      touched = false;
      show();
      return;
    }
    tip.hide();
    open();
  });
  return mark;
}

/** The marks spelt out, for paper, where nothing can be hovered over. */
function sourceList(answer) {
  const line = ({ mark, text, as_of: asOf }) => make("li", {}, [`[${mark}] ${text}`, asOf ? say("as_of", { day: date(asOf, answer.language) }, answer.language) : ""].filter(Boolean).join(" · "));
  return make("ul", { className: "sources" }, ...answer.sources.map(line));
}

function buttons(kind, pairs, ask) {
  return make("ul", { className: kind }, ...pairs.map(([text, question]) => make("li", {}, make("button", { type: "button", onclick: () => ask(question) }, text))));
}

function suggestion(each, language) {
  const { point, low, high, n, method } = each.confidence;
  const share = SHARES.has(method) && low >= 0 && high <= 1;
  const said = (value) => format(Number(value), share ? "rate" : "number", null, language);
  return make(
    "section",
    { className: "suggestion" },
    make("p", {}, each.statement),
    make("p", { className: "note" }, `${said(point)} (${said(low)} – ${said(high)}) · ${say("precedents", { n }, language)}`),
    make("p", { className: "note" }, say("serves", { text: each.customer_value }, language)),
  );
}

function about(answer) {
  const proof = answer.trace_id && answer.claims.length ? make("a", { href: `/api/traces/${answer.trace_id}.svg`, target: "_blank", rel: "noopener" }, say("proof", {}, answer.language)) : null;
  return make("p", { className: "about" }, say(`mode_${answer.mode}`, {}, answer.language), proof ? " · " : "", proof ?? "");
}
