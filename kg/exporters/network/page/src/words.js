/** The interface in the reader's language: one JSON file a language in ../words, alike key by key. */

import ar from "../words/ar.json";
import en from "../words/en.json";
import fr from "../words/fr.json";

/** @type {Record<string, Record<string, string>>} */
export const LANGUAGES = { en, fr, ar };

let code = "en";
let words = /** @type {Record<string, string>} */ (en);
let numbers = new Intl.NumberFormat("en-GB");
let plurals = new Intl.PluralRules("en-GB");

/** @param {string} wanted */
export function speak(wanted) {
  code = wanted in LANGUAGES ? wanted : "en";
  words = LANGUAGES[code];
  numbers = new Intl.NumberFormat(words.locale);
  plurals = new Intl.PluralRules(words.locale);
  document.documentElement.lang = code;
  document.documentElement.dir = words.direction;
}

/** The language that the reader's browser asks for, if we speak it. */
export function preferred() {
  const asked = [...(navigator.languages || [])].map((each) => each.slice(0, 2));
  return asked.find((each) => each in LANGUAGES) || "en";
}

export const language = () => code;
export const rightToLeft = () => words.direction === "rtl";

/** Say a word or sentence; {0}, {1} are replaced, and "key.few" is said where the language counts so. @param {string} key @param {...(string | number)} values */
export function t(key, ...values) {
  const text = (typeof values[0] === "number" && words[`${key}.${plurals.select(values[0])}`]) || words[key] || key;
  return text.replace(/\{(\d)\}/g, (_, place) => {
    const value = values[Number(place)];
    return typeof value === "number" ? n(value) : String(value ?? "");
  });
}

/** @param {number} value */
export const n = (value) => numbers.format(value);

/** A date as precise as it is known. @param {string | 0 | null | undefined} iso */
export function when(iso) {
  if (!iso) return t("undated");
  const [year, month, day] = iso.split("-").map(Number);
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = { year: "numeric", timeZone: "UTC" };
  if (month) shape.month = day ? "short" : "long";
  if (day) shape.day = "numeric";
  const date = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
  return Number.isNaN(+date) ? iso : date.toLocaleDateString(words.locale, shape);
}

/** @param {string} code */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([words.locale], { type: "language" }).of(code) || code;
  } catch {
    return code;
  }
}
