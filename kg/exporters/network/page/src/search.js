/** Search in any script and spelling: a combobox that jumps to what is chosen. */

import { bdi, h, icon, refill } from "./dom.js";
import { TYPE_NAMES } from "./proof.js";
import { fold } from "./text.js";
import { t } from "./words.js";

const MOST = 12;

export class Search {
  /** @param {import("./data.js").Graph} graph @param {(i: number) => void} go */
  constructor(graph, go) {
    this.graph = graph;
    this.go = go;
    this.chosen = 0;
    /** @type {{i: number, name: string}[]} */
    this.found = [];
    /** @type {{keys: string, from: Int32Array} | null} */
    this.index = null;
    this.list = h("ul", { id: "found", role: "listbox", hidden: true });
    this.input = h("input", {
      type: "search", role: "combobox", placeholder: t("search"), "aria-label": t("search"), "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
      oninput: () => this.#ask(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event), onfocus: () => this.#ask(), onblur: () => setTimeout(() => this.#close(), 150),
    });
    this.root = h("search", { class: "search" }, icon("search"), this.input, h("kbd", { "aria-hidden": "true" }, "/"), this.list);
  }

  /** Make the index before the first key is pressed. */
  prepare() {
    this.#names();
  }

  /** One long text of all folded names, a line each: the browser's own search is the fastest index. */
  #names() {
    if (this.index) return this.index;
    const { graph } = this;
    const lines = [];
    const owners = [];
    for (let i = 0; i < graph.nNodes; i++) {
      for (const name of graph.spellings(i)) {
        lines.push(` ${fold(name).replace(/\n/g, " ")}`);
        owners.push(i);
      }
    }
    const starts = new Int32Array(lines.length + 1);
    lines.forEach((line, at) => (starts[at + 1] = starts[at] + line.length + 1));
    this.index = { keys: lines.join("\n"), from: starts };
    this.owners = Int32Array.from(owners);
    return this.index;
  }

  /** Nodes whose names hold all the words, those that begin with the first before the others. @param {string} text */
  find(text) {
    const [first, ...others] = fold(text.trim()).split(/\s+/);
    if (!first) return [];
    const { keys, from } = this.#names();
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [pattern, bonus] of /** @type {[string, number][]} */ ([[` ${first}`, 4], [first, 0]])) {
      let at = keys.indexOf(pattern);
      while (at >= 0 && scores.size < 600) {
        const line = this.#line(from, at);
        const name = keys.slice(from[line], from[line + 1] - 1);
        const i = /** @type {Int32Array} */ (this.owners)[line];
        if (others.every((word) => name.includes(word))) {
          const phrase = [first, ...others].join(" ");
          const whole = name.trim() === phrase ? 12 : name.includes(` ${phrase}`) ? 6 : 0;
          const score = bonus + whole + (from[line] === at ? 2 : 0) + (this.graph.type[i] ? 3 : 0) + Math.min(3, Math.log2(1 + this.graph.degree[i]) / 2);
          scores.set(i, Math.max(scores.get(i) || 0, score));
        }
        at = keys.indexOf(pattern, from[line + 1]);
      }
    }
    return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST).map(([i]) => i);
  }

  /** The line that a place of the text is in. @param {Int32Array} from @param {number} at */
  #line(from, at) {
    let [low, high] = [0, from.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (from[middle] <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  #ask() {
    const text = this.input.value;
    if (!text.trim()) return this.#close();
    const key = fold(text.trim()).split(/\s+/)[0];
    this.found = this.find(text).map((i) => ({ i, name: this.graph.spellings(i).find((name) => fold(name).includes(key)) || "" }));
    this.chosen = 0;
    this.#draw();
  }

  #draw() {
    const { graph } = this;
    refill(
      this.list,
      this.found.map(({ i, name }, place) => {
        const label = graph.label(i);
        const under = graph.meetingOf[i] >= 0 ? graph.short(i) : name !== label ? name : "";
        return h("li", { id: `found-${place}`, role: "option", "aria-selected": String(place === this.chosen), onpointerdown: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.#take(place);
        } }, h("span", { class: `dot ${TYPE_NAMES[graph.type[i]]}`, "aria-hidden": "true" }), h("span", { class: "name" }, bdi(label)), under && h("small", {}, bdi(under)));
      }),
      this.found.length === 0 && h("li", { class: "none" }, t("noMatch")),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-activedescendant", this.found.length ? `found-${this.chosen}` : "");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.#draw();
      event.preventDefault();
    } else if (event.key === "Enter") this.#take(this.chosen);
    else if (event.key === "Escape") {
      this.input.value = "";
      this.#close();
      this.input.blur();
    } else return;
    event.stopPropagation();
  }

  /** @param {number} place */
  #take(place) {
    const found = this.found[place];
    if (!found) return;
    this.input.value = "";
    this.#close();
    this.input.blur();
    this.go(found.i);
  }

  #close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
