/** What the rows of a view are: countries, people or organizations. */

import { h } from "./dom.js";
import { change } from "./state.js";
import { t } from "./words.js";

/** @param {string} chosen @param {string} label */
export function rowsChoice(chosen, label) {
  return h("div", { class: "choice", role: "group", "aria-label": t(label) }, ["country", "person", "organization"].map((type) => h("button", { type: "button", "aria-pressed": String(type === chosen), onclick: () => change({ rows: type }) }, t(type))));
}
