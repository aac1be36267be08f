/** The table: the same meetings for those who read rows, sort them, or listen to them. */

import { bdi, h, icon, refill } from "./dom.js";
import { COLUMNS, rowsOf, toCsv } from "./rows.js";
import { give } from "./save.js";
import { fold } from "./text.js";
import { rightToLeft, t } from "./words.js";

const PAGE = 200;

export class Table {
  static offered = () => true;

  /** @param {import("./data.js").Graph} graph @param {{go: (i: number) => void}} tell */
  constructor(graph, tell) {
    this.graph = graph;
    this.tell = tell;
    /** @type {import("./filter.js").Filtered | null} */
    this.filtered = null;
    this.node = -1;
    this.sorted = { column: 0, up: false };
    this.body = h("tbody");
    this.head = h("tr");
    this.counted = h("span", { class: "quiet", role: "status" });
    this.more = h("button", { type: "button", class: "more", onclick: () => this.#grow() });
    this.root = h(
      "div",
      { class: "table-view" },
      h("div", { class: "view-head" }, this.counted, h("button", { type: "button", class: "action", onclick: () => give(new Blob([toCsv(this.rows)], { type: "text/csv" }), "meetings.csv") }, icon("save"), t("csv"))),
      h("div", { class: "scroll" }, h("table", {}, h("thead", {}, this.head), this.body), this.more),
    );
    /** @type {import("./rows.js").Row[]} */
    this.rows = [];
  }

  /** @param {import("./filter.js").Filtered} filtered @param {import("./state.js").State} state */
  show(filtered, state) {
    const node = state.selection && "node" in state.selection ? state.selection.node : -1;
    this.node = node;
    if (this.filtered !== filtered) {
      this.filtered = filtered;
      this.rows = rowsOf(filtered);
      this.#sort();
    } else this.#mark();
  }

  #sort() {
    const { column, up } = this.sorted;
    const way = up ? 1 : -1;
    this.rows.sort((a, b) => {
      const [one, two] = [a.keys[column], b.keys[column]];
      const order = typeof one === "number" && typeof two === "number" ? one - two : fold(String(one)).localeCompare(fold(String(two)));
      const empty = Number(one === "" || one === Infinity) - Number(two === "" || two === Infinity);
      return empty || (Number.isNaN(order) ? 0 : order * way) || a.m - b.m;
    });
    refill(this.head, COLUMNS.map((name, place) => h("th", { scope: "col", "aria-sort": place === column ? (up ? "ascending" : "descending") : "none" }, h("button", { type: "button", onclick: () => {
      /** @type {import("./filter.js").Filtered | null} */
    this.filtered = null;
    this.node = -1;
    this.sorted = { column: place, up: place === column ? !up : true };
      this.#sort();
    } }, t(name)))));
    this.body.replaceChildren();
    this.counted.textContent = t("nMeetings", this.rows.length);
    this.#grow();
  }

  #grow() {
    const from = this.body.children.length;
    const { graph } = this;
    for (const { m, cells } of this.rows.slice(from, from + PAGE)) {
      const node = graph.meetings.node[m];
      const open = h("button", { type: "button", class: "link", onclick: () => this.tell.go(node) }, bdi(cells[0]));
      this.body.append(h("tr", { "data-node": node }, h("td", { class: "date" }, open), cells.slice(1).map((cell, place) => h("td", { class: COLUMNS[place + 1] }, cell.split("; ").flatMap((part, at) => [at ? (rightToLeft() ? "؛ " : "; ") : "", bdi(part)])))));
    }
    const left = this.rows.length - this.body.children.length;
    this.more.hidden = left <= 0;
    this.more.textContent = t("more", Math.min(left, PAGE));
    this.#mark();
  }

  #mark() {
    for (const row of this.body.children) row.classList.toggle("chosen", Number(row.dataset.node) === this.node);
  }
}
