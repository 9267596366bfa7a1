// The list of conversations.

import { date } from "./format.js";
import { byId, langOf, languageOf, make, pageLanguage, say } from "./page.js";
import { getJson } from "./run.js";

const list = byId("thread-list");
const toggle = byId("threads-toggle");

toggle.addEventListener("click", () => open(toggle.getAttribute("aria-expanded") !== "true"));
list.addEventListener("click", (event) => event.target.closest("a") && open(false));

function open(wanted) {
  toggle.setAttribute("aria-expanded", String(wanted));
  document.body.classList.toggle("threads-open", wanted);
}

/** True when the list covered the page and was closed. */
export function closeThreads() {
  const wasOpen = toggle.getAttribute("aria-expanded") === "true";
  if (wasOpen) {
    open(false);
    toggle.focus();
  }
  return wasOpen;
}

/** Read the list again; `current` is the conversation on the page. */
export async function refreshThreads(current) {
  try {
    const threads = await getJson("/api/threads");
    list.replaceChildren(...(threads.length ? threads.map((thread) => line(thread, current)) : [make("li", { className: "none" }, say("no_threads"))]));
  } catch {
    // The list is a convenience: when it can't be read, the one that is shown stays.
  }
}

function line(thread, current) {
  const link = make("a", { href: `#${thread.id}`, "aria-current": thread.id === current ? "page" : null }, make("span", { lang: langOf(languageOf(thread.title)) }, thread.title), make("time", { dateTime: thread.updated_at }, day(thread.updated_at)));
  return make("li", {}, link);
}

function day(moment) {
  const then = new Date(moment);
  const local = (when) => `${when.getFullYear()}-${String(when.getMonth() + 1).padStart(2, "0")}-${String(when.getDate()).padStart(2, "0")}`;
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (local(then) === local(new Date())) return say("today");
  return local(then) === local(yesterday) ? say("yesterday") : date(local(then), pageLanguage);
}
