// A chart of an answer: one picture for each theme and width, drawn by the server from the cells of the answer's table.

import { make } from "./page.js";

const WIDE = 620;
const NARROW = 320;
const SCREENS = [
  ["print", "light", WIDE],
  ["(prefers-color-scheme: dark) and (max-width: 480px)", "dark", NARROW],
  ["(prefers-color-scheme: dark)", "dark", WIDE],
  ["(max-width: 480px)", "light", NARROW],
];

/** The figure for one chart; what is drawn is also said, for those who can't see it. */
export function chartFigure(answer, chart, number) {
  const address = (theme, width) => `/api/threads/${answer.thread_id}/${answer.trace_id}/charts/${number}.svg?theme=${theme}&width=${width}`;
  const sources = SCREENS.map(([media, theme, width]) => make("source", { media, srcset: address(theme, width) }));
  return make("figure", { className: "chart" }, make("picture", {}, ...sources, make("img", { src: address("light", WIDE), alt: chart.alt, loading: "lazy" })));
}
