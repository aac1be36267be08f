/** Text of articles as we may show and search it. */

// An override in a name can make it read as another name: drop it from labels, show it in sentences.
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u0000-\u0008]/g;

/** A label that cannot disguise itself. @param {string} text */
export const clean = (text) => text.replace(OVERRIDES, "");

/** A sentence with overrides made visible, one sign for one. @param {string} text */
export const reveal = (text) => text.replace(OVERRIDES, "\u25CC");

const LETTERS = /** @type {Record<string, string>} */ ({
  أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ئ: "ي", ؤ: "و", ة: "ه", "ـ": "", ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", "’": "'", "‘": "'",
});

/** Fold a text so that "elodie" finds Élodie and احمد finds أحمد. @param {string} text */
export function fold(text) {
  const bare = text.toLowerCase().replace(/[أإآٱىئؤةـøłđßæœı’‘]/g, (letter) => LETTERS[letter]);
  return bare.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f\u0670]/g, "").replace(/[-\u2010-\u2015_]/g, " ");
}

/** Whether a language is written from right to left. @param {string} code */
export const direction = (code) => (/^(ar|fa|he|ur|ps|ckb|sd|yi|dv)\b/.test(code) ? "rtl" : "ltr");

/** Only the web may be linked to: never javascript: or data:. @param {unknown} url */
export const isWeb = (url) => typeof url === "string" && /^https?:\/\/[^\s]+$/i.test(url);

/** Cut a text by code points, as the offsets of mentions count. @param {string} text */
export function codePoints(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (/** @type {number} */ from, /** @type {number} */ to) => text.slice(from, to);
  const points = Array.from(text);
  return (/** @type {number} */ from, /** @type {number} */ to) => points.slice(from, to).join("");
}
