// Numbers, dates and flags as a reader of Chinese or English expects them in a table. Large sums go without cents; `exact` has every digit.

import { say } from "./page.js";

const SYMBOLS = { USD: "$", CNY: "¥", RMB: "¥", EUR: "€", GBP: "£", JPY: "JP¥", HKD: "HK$", INR: "₹", KRW: "₩" };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const PLACES = { money: 2, count: 0, number: 4, duration: 1 };
const LARGE = 10_000;
const MINUS = "\u2212";

export const NUMERIC = new Set(["money", "count", "number", "rate", "duration"]);

/** Decimals that a column needs, so that its figures line up. */
export function placesFor(values, type) {
  const most = PLACES[type] ?? 0;
  const needed = values.map((value) => {
    if (typeof value !== "number" || Number.isInteger(value)) return 0;
    const decimals = value.toFixed(most).replace(/0+$/, "").split(".")[1];
    return decimals ? decimals.length : 0;
  });
  const places = Math.max(0, ...needed);
  if (type !== "money" || places === 0) return places;
  return values.some((value) => Math.abs(value) >= LARGE) ? 0 : 2;
}

/** One value as text. `places` is the number of decimals of its column. */
export function format(value, type, unit, language, places = placesFor([value], type)) {
  if (value === null || value === undefined || value === "") return say("missing", {}, language);
  if (typeof value === "boolean" || type === "flag") return say(value === true || value === "true" ? "yes" : "no", {}, language);
  if (type === "date" || type === "datetime") return date(String(value), language);
  if (!NUMERIC.has(type) || !Number.isFinite(Number(value))) return String(value);
  return number(Number(value), type, unit, places, language);
}

function number(value, type, unit, places, language) {
  const sign = value < 0 ? MINUS : "";
  const size = Math.abs(value);
  if (type === "rate") return `${sign}${grouped(size * 100, 1)} %`;
  if (type === "duration") return size === 1 ? say("day", {}, language) : sign + say("days", { n: grouped(size, places) }, language);
  if (type === "number" && Number.isInteger(size) && size >= 1000 && size <= 9999) return `${sign}${size}`;
  const figure = grouped(size, places);
  if (type !== "money" || !unit) return sign + figure;
  return SYMBOLS[unit] ? `${sign}${SYMBOLS[unit]}${figure}` : `${sign}${figure} ${unit}`;
}

function grouped(size, places) {
  return size.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** `3 Mar 2026` or `2026年3月3日`, with the time where there is one. */
export function date(text, language) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(text);
  if (!parts) return text;
  const [, year, month, day, time] = parts;
  const said = language === "zh" ? `${year}年${Number(month)}月${Number(day)}日` : `${Number(day)} ${MONTHS[month - 1]} ${year}`;
  return time && time !== "00:00" ? `${said} ${time}` : said;
}

/** The exact value of a cell, every digit that the store holds. */
export function exact(cell, language) {
  if (cell.value === null || !NUMERIC.has(cell.type)) return format(cell.value, cell.type, cell.unit, language);
  const [whole, decimals] = cell.value.replace(/^-/, "").split(".");
  const figure = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (decimals ? `.${decimals}` : "");
  const sign = cell.value.startsWith("-") ? MINUS : "";
  if (cell.type === "rate") return `${format(Number(cell.value), "rate", null, language)} (${sign}${figure})`;
  if (cell.type === "duration") return sign + say("days", { n: figure }, language);
  if (cell.type !== "money" || !cell.unit) return sign + figure;
  return SYMBOLS[cell.unit] ? `${sign}${SYMBOLS[cell.unit]}${figure}` : `${sign}${figure} ${cell.unit}`;
}
