// The card at a mark: value, source, records, as of. It follows the pointer's or the keyboard's focus and takes no focus itself.

import { byId, langOf, make, say } from "./page.js";

const tip = byId("tip");
let hiding = 0;
let owner = null;

tip.addEventListener("pointerenter", () => clearTimeout(hiding));
tip.addEventListener("pointerleave", hideSoon);
addEventListener("scroll", hide, { passive: true });
addEventListener("resize", hide);
document.addEventListener("pointerdown", (event) => {
  if (!tip.contains(event.target) && event.target !== owner) hide();
});

/** Show `lines` of text (the first one is the value) beside `anchor`, with a way on to the records, in the language of the answer. */
export function show(anchor, lines, open, language) {
  clearTimeout(hiding);
  owner = anchor;
  const [value, ...rest] = lines;
  const more = make("button", { type: "button", tabIndex: -1, onclick: () => { hide(); open(); } }, say("open_records", {}, language));
  tip.lang = langOf(language);
  tip.replaceChildren(make("strong", {}, value), ...rest.map((line) => make("span", {}, line)), more);
  tip.hidden = false;
  place(anchor.getBoundingClientRect());
}

export function hideSoon() {
  clearTimeout(hiding);
  hiding = setTimeout(hide, 160);
}

/** True when there was something to hide. */
export function hide() {
  clearTimeout(hiding);
  const shown = !tip.hidden;
  tip.hidden = true;
  owner = null;
  return shown;
}

function place(at) {
  const edge = 8;
  const top = document.querySelector(".top").offsetHeight + edge;
  const size = tip.getBoundingClientRect();
  const left = Math.min(Math.max(edge, at.left + at.width / 2 - size.width / 2), document.documentElement.clientWidth - size.width - edge);
  const above = at.top - size.height - edge;
  tip.style.left = `${left}px`;
  tip.style.top = `${above >= top ? above : at.bottom + edge}px`;
}
