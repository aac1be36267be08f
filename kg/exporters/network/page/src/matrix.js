/** Who met whom: the busiest against each other, a number a cell, the proof behind each. */

import { COUNTRY, ORGANIZATION, PERSON } from "./data.js";
import { bdi, h, ltr, refill } from "./dom.js";
import { busiest, pairs } from "./met.js";
import { rowsChoice } from "./rows-choice.js";
import { n, t } from "./words.js";

const MOST = 28;

export class Matrix {
  static offered = (/** @type {import("./data.js").Graph} */ graph) => graph.nMeetings > 0;

  /** @param {import("./data.js").Graph} graph @param {{go: (i: number) => void, pair: (a: number, b: number) => void}} tell */
  constructor(graph, tell) {
    this.graph = graph;
    this.tell = tell;
    this.head = h("div", { class: "view-head" });
    this.scroll = h("div", { class: "scroll" });
    this.root = h("div", { class: "matrix-view" }, this.head, this.scroll);
  }

  /** @param {import("./filter.js").Filtered} filtered @param {import("./state.js").State} state */
  show(filtered, state) {
    const { graph } = this;
    const type = { country: COUNTRY, person: PERSON, organization: ORGANIZATION }[state.rows] ?? COUNTRY;
    const nodes = busiest(filtered, (i) => graph.type[i] === type, MOST).map(([i]) => i);
    const members = new Set(nodes);
    const met = pairs(filtered, (i) => members.has(i));
    const most = Math.max(1, ...met.values());
    const count = (/** @type {number} */ a, /** @type {number} */ b) => met.get(Math.min(a, b) * graph.nNodes + Math.max(a, b)) || 0;
    refill(this.head, rowsChoice(state.rows, "byRow"), h("span", { class: "quiet" }, t("matrixNote")));
    const chosen = state.selection && "pair" in state.selection ? state.selection.pair : [-1, -1];
    refill(
      this.scroll,
      h(
        "table",
        { class: "matrix" },
        h("thead", {}, h("tr", {}, h("td"), nodes.map((i) => h("th", { scope: "col" }, h("span", {}, bdi(graph.label(i))))))),
        h("tbody", {}, nodes.map((a) => h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", onclick: () => this.tell.go(a) }, bdi(graph.label(a)))), nodes.map((b) => this.#cell(a, b, count(a, b), most, chosen))))),
      ),
      nodes.length === 0 && h("p", { class: "nothing" }, t("nothing")),
    );
  }

  /** @param {number} a @param {number} b @param {number} count @param {number} most @param {number[]} chosen */
  #cell(a, b, count, most, chosen) {
    if (a === b) return h("td", { class: "self" });
    if (!count) return h("td", { class: "none" });
    const { graph } = this;
    const cell = h("button", { type: "button", onclick: () => this.tell.pair(a, b), "aria-label": `${graph.label(a)}, ${graph.label(b)}: ${t("nMeetings", count)}`, class: chosen.includes(a) && chosen.includes(b) ? "chosen" : "" }, ltr(n(count)));
    cell.style.setProperty("--heat", `${Math.round(12 + 78 * Math.sqrt(count / most))}%`);
    if (count / most > 0.3) cell.classList.add("strong");
    return h("td", {}, cell);
  }
}
