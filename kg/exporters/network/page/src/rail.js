/** The rail of filters: the legend is the filter, each row says how many. */

import { TYPES } from "./data.js";
import { bdi, h, ltr, refill } from "./dom.js";
import { FACETS, change, state, toggled } from "./state.js";
import { languageName, n, t } from "./words.js";

/** @typedef {import("./data.js").Graph} Graph */

const SHOWN = 6;
const LINKS = ["participant", "behalf", "country"];

export class Rail {
  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
    this.root = h("nav", { class: "rail", "aria-label": t("filters") });
    /** @type {Set<string>} Facets that the reader has unfolded. */
    this.unfolded = new Set();
  }

  /** @param {import("./filter.js").Filtered} filtered */
  show(filtered) {
    this.filtered = filtered;
    const focused = document.activeElement instanceof HTMLElement && this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const scroll = this.root.scrollTop;
    refill(
      this.root,
      filtered.active && h("button", { type: "button", class: "clear-all", onclick: clearFilters }, t("clearAll")),
      this.#types(filtered),
      this.#links(),
      FACETS.map((facet) => this.#facet(facet, filtered)),
      this.#confidence(),
    );
    this.root.scrollTop = scroll;
    if (focused) /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  }

  /** @param {import("./filter.js").Filtered} filtered */
  #types(filtered) {
    const rows = filtered.census.map(([shown, all], type) => {
      if (!all) return null;
      const name = TYPES[type];
      const on = !state.hidden.has(name);
      return this.#row(name, on, () => change({ hidden: toggled(state.hidden, name) }), [h("span", { class: `dot ${name}`, "aria-hidden": "true" }), t(name)], shown === all || !on ? n(all) : `${n(shown)} / ${n(all)}`);
    });
    return h("section", {}, h("h2", {}, t("show")), rows);
  }

  #links() {
    const rows = LINKS.map((name) => {
      const key = `${name}-links`;
      return this.#row(key, !state.hidden.has(key), () => change({ hidden: toggled(state.hidden, key) }), [h("span", { class: `stroke ${name}`, "aria-hidden": "true" }), t(name === "country" ? "held in" : name)], "");
    });
    return h("section", {}, h("h2", {}, t("links")), rows);
  }

  /** @param {string} key @param {boolean} on @param {() => void} act @param {any[]} label @param {string} count */
  #row(key, on, act, label, count) {
    return h("button", { type: "button", class: "row", role: "switch", "aria-checked": String(on), "data-key": key, onclick: act }, h("span", { class: "name" }, label), count && ltr(count));
  }

  /** @param {string} facet @param {import("./filter.js").Filtered} filtered */
  #facet(facet, filtered) {
    const chosen = state.only[facet];
    if (facet === "found") return chosen.size > 0 && h("section", {}, h("h2", {}, t("found"), h("button", { type: "button", class: "clear", onclick: () => change({ only: { ...state.only, found: new Set() } }) }, t("clear"))), h("p", { class: "row" }, t("nFound", chosen.size)));
    const counts = [...filtered.counts(facet)].filter(([value]) => value !== "");
    for (const value of chosen) if (!counts.some(([known]) => known === value)) counts.push([value, 0]);
    counts.sort((a, b) => Number(chosen.has(b[0])) - Number(chosen.has(a[0])) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (counts.length < (facet === "differ" ? 1 : 2) && !chosen.size) return null;
    const shown = this.unfolded.has(facet) ? counts.slice(0, 200) : counts.slice(0, SHOWN);
    const most = Math.max(1, ...counts.map(([, count]) => count));
    const rows = shown.map(([value, count]) => {
      const bar = h("span", { class: "bar", "aria-hidden": "true" });
      bar.style.inlineSize = `${(100 * count) / most}%`;
      const act = () => change({ only: { ...state.only, [facet]: toggled(state.only[facet], value) } });
      return h("button", { type: "button", class: "row facet", role: "checkbox", "aria-checked": String(chosen.has(value)), "data-key": `${facet}:${value}`, onclick: act }, h("span", { class: "name" }, bdi(this.#name(facet, value))), ltr(n(count)), bar);
    });
    const unfold = counts.length > SHOWN && !this.unfolded.has(facet) && h("button", { type: "button", class: "more", "data-key": `${facet}:more`, onclick: () => {
      this.unfolded.add(facet);
      this.show(/** @type {any} */ (this.filtered));
    } }, t("more", counts.length - SHOWN));
    const clear = chosen.size > 0 && h("button", { type: "button", class: "clear", onclick: () => change({ only: { ...state.only, [facet]: new Set() } }) }, t("clear"));
    return h("section", { role: "group", "aria-label": t(facet) }, h("h2", {}, t(facet), clear), rows, unfold);
  }

  /** @param {string} facet @param {string} value */
  #name(facet, value) {
    const { graph } = this;
    if (facet === "kind" || facet === "status") return t(`${facet}.${value}`);
    if (facet === "differ") return t(`differ.${value}`);
    if (facet === "byCountry") return graph.number.has(value) ? graph.label(Number(graph.number.get(value))) : value;
    if (facet === "topic") return graph.word(graph.words.id.indexOf(value));
    return facet === "articleLanguage" ? languageName(value) : value;
  }

  #confidence() {
    if (!this.graph.c.some((sure) => sure < 100)) return null;
    const said = h("output", {}, t("atLeast", state.confidence));
    const slider = h("input", { type: "range", min: 0, max: 100, step: 5, value: state.confidence, "aria-label": t("confidence"), "data-key": "confidence" });
    slider.addEventListener("input", () => (said.textContent = t("atLeast", Number(slider.value))));
    slider.addEventListener("change", () => change({ confidence: Number(slider.value) }));
    return h("section", {}, h("h2", {}, t("confidence")), slider, said);
  }
}

export function clearFilters() {
  change({ only: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])), from: "", to: "", confidence: 0 });
}
