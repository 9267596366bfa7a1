// The page's words and the making of elements. Data reaches the page only as text, never as markup.

const root = document.documentElement;
const words = JSON.parse(root.dataset.words);

export const pageLanguage = root.dataset.language;

/** A text of the page with its placeholders filled; what belongs to an answer is said in the answer's language. */
export function say(key, values = {}, language = pageLanguage) {
  const spoken = words[language];
  if (!(key in spoken)) throw new Error(`no text for ${key}`);
  return spoken[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** An element with properties (`data-…` and `aria-…` become attributes) and children (elements or text). */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.includes("-") || name === "role" || name === "for" || name === "scope" || name === "lang") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (typeof child === "string" ? upright(child) : child)));
  return element;
}

/** Text without the invisible signs that would turn the direction of what stands around it. */
const upright = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

export const byId = (id) => document.getElementById(id);

/** Tell those who don't see the page what happened. */
export function announce(text) {
  byId("status").textContent = text;
}

/** The `lang` of a text, so that Han gets its fonts and line height. */
export const langOf = (language) => (language === "zh" ? "zh-CN" : "en");
export const languageOf = (text) => (/[\u3400-\u9fff]/.test(text) ? "zh" : "en");
