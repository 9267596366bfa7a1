// The conversation: asking, streaming, stopping, and going back to earlier ones.

import { drawAnswer, drawArriving } from "./answer.js";
import { announce, byId, langOf, languageOf, make, say } from "./page.js";
import { getJson, Refused, runTurn } from "./run.js";
import { closeThreads, refreshThreads } from "./threads.js";
import * as tip from "./tip.js";

const conversation = byId("conversation");
const question = byId("question");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let thread = null;
let running = null;

// -- one turn ---------------------------------------------------------------------------------------------------------

async function ask(text) {
  if (running || !text.trim()) return;
  thread ??= crypto.randomUUID().replaceAll("-", "");
  const turn = beginTurn(text);
  if (matchMedia("(pointer: fine)").matches) question.focus({ preventScroll: true });
  const abort = new AbortController();
  setRunning(abort);
  turn.wait(say("waiting"));
  try {
    if (!(await follow(turn, runTurn(thread, text, abort.signal)))) turn.fail(say("failed"));
  } catch (error) {
    if (abort.signal.aborted) turn.fail(say("stopped"));
    else turn.fail(error instanceof Refused && error.message ? error.message : say("offline"));
  } finally {
    if (running === abort) setRunning(null);
    refreshThreads(thread);
  }
}

/** Draw events as they come. True when the run came to an end of its own. */
async function follow(turn, events) {
  let text = "";
  let answer = null;
  for await (const event of events) {
    switch (event.type) {
      case "STEP_STARTED": turn.wait(event.metadata?.plumbline?.text ?? event.stepName); break;
      case "TEXT_MESSAGE_CONTENT": turn.write((text += event.delta)); break;
      case "STATE_SNAPSHOT": answer = event.snapshot.answer; break;
      case "RUN_ERROR": turn.fail(event.message); return true;
      case "RUN_FINISHED":
        if (!answer) return false;
        turn.finish(answer);
        place(answer.thread_id || thread);
        return true;
    }
  }
  return false;
}

function beginTurn(text, past = false) {
  const holder = make("div", { className: "answer", role: "group", "aria-label": say("answer") });
  const asked = make("h2", { className: "question", lang: langOf(languageOf(text)) }, make("span", { className: "hidden" }, `${say("you_asked")}: `), text);
  const article = make("article", { className: "turn" }, asked, holder);
  byId("empty").hidden = true;
  conversation.append(article);
  article.scrollIntoView({ block: "start", behavior: calm.matches || past ? "auto" : "smooth" });
  return {
    wait(step) {
      if (holder.querySelector(".said")) return;
      const line = holder.querySelector(".step") ?? make("p", { className: "step" });
      line.textContent = step;
      if (!line.isConnected) holder.replaceChildren(line);
      announce(step);
    },
    write: (arrived) => drawArriving(holder, arrived),
    finish(answer) {
      drawAnswer(holder, answer, ask);
      if (!past) announce(answer.answer.replace(/ ?\[\d+\]/g, ""));
    },
    fail(sentence) {
      const again = make("button", { type: "button", onclick: () => { article.remove(); ask(text); } }, say("ask_again"));
      holder.replaceChildren(make("p", { className: "notice" }, sentence), make("ul", { className: "next" }, make("li", {}, again)));
      announce(sentence);
    },
  };
}

function setRunning(abort) {
  running = abort;
  byId("stop").hidden = !abort;
  byId("send").hidden = Boolean(abort);
}

// -- conversations ----------------------------------------------------------------------------------------------------

/** Name the conversation in the address, so that reloading and going back find it. */
function place(id) {
  thread = id;
  if (location.hash.slice(1) !== id) history.pushState(null, "", `#${id}`);
  keepPlaceInLanguageLink();
}

async function show(id) {
  running?.abort();
  thread = id || null;
  conversation.replaceChildren();
  byId("empty").hidden = Boolean(id);
  keepPlaceInLanguageLink();
  if (id) await drawHistory(id);
  refreshThreads(thread);
}

async function drawHistory(id) {
  try {
    const turns = await getJson(`/api/threads/${encodeURIComponent(id)}`);
    if (thread !== id) return;
    for (const { question: asked, answer } of turns) beginTurn(asked, true).finish(answer);
    conversation.lastElementChild?.scrollIntoView({ block: "start" });
  } catch (error) {
    if (thread !== id) return;
    thread = null;
    byId("empty").hidden = false;
    conversation.replaceChildren(make("p", { className: "notice" }, error instanceof Refused && error.message ? error.message : say("offline")));
  }
}

function begin() {
  if (location.hash) history.pushState(null, "", location.pathname);
  show(null);
  question.focus();
}

function keepPlaceInLanguageLink() {
  const link = byId("language");
  link.href = `${link.getAttribute("href").split("#")[0]}${thread ? `#${thread}` : ""}`;
}

// -- the composer -----------------------------------------------------------------------------------------------------

function send() {
  const text = question.value;
  if (running || !text.trim()) return;
  question.value = "";
  grow();
  ask(text);
}

function grow() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
byId("stop").addEventListener("click", () => {
  running?.abort();
  question.focus();
});
byId("new").addEventListener("click", begin);
byId("empty").addEventListener("click", (event) => event.target.dataset.ask && ask(event.target.dataset.ask));
question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  // While an input method composes, Enter picks a word; browsers say so by isComposing or by key code 229.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || byId("drawer").open) return;
  if (tip.hide() || closeThreads()) return;
  running?.abort();
});
addEventListener("popstate", () => show(location.hash.slice(1)));

show(location.hash.slice(1));
