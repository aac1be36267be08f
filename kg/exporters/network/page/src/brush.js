/** The histogram of dates under every view: pull its handles, or its middle, and all views follow. */

import { iso } from "./data.js";
import { h, ltr, refill, svg } from "./dom.js";
import { change, state } from "./state.js";
import { t, when } from "./words.js";

const HEIGHT = 46;

export class Brush {
  /** @param {import("./data.js").Graph} graph */
  constructor(graph) {
    this.graph = graph;
    const dated = [...graph.from].filter((day) => !Number.isNaN(day));
    this.low = dated.reduce((a, b) => Math.min(a, b), Infinity);
    this.high = [...graph.to].filter((day) => !Number.isNaN(day)).reduce((a, b) => Math.max(a, b), -Infinity);
    this.undated = graph.nMeetings - dated.length;
    /** @type {number[]} first day of each bar, and one past the last */
    this.edges = [];
    this.range = [0, 0];
    this.begin = this.end = 0;
    this.counts = new Uint32Array();
    /** @type {import("./filter.js").Filtered | null} */
    this.filtered = null;
    this.root = h("section", { class: "brush", "aria-label": t("dates") });
    this.root.hidden = !dated.length || this.low === this.high;
    this.drawing = h("div", { class: "histogram", dir: "ltr" });
    this.words = h("div", { class: "range" });
    this.root.append(this.words, this.drawing);
    this.#bins();
    this.#listen();
    new ResizeObserver(() => this.filtered && this.#draw()).observe(this.drawing);
  }

  /** Days, months or years: some 20 to 160 bars. */
  #bins() {
    const days = this.high - this.low;
    if (!Number.isFinite(days)) return;
    const unit = days < 90 ? "day" : days < 365 * 9 ? "month" : days < 365 * 28 ? "quarter" : "year";
    const first = new Date(this.low * 86400000);
    let [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate()];
    if (unit !== "day") day = 1;
    if (unit === "quarter") month -= month % 3;
    if (unit === "year") month = 0;
    for (let at = -Infinity; at <= this.high; ) {
      at = Date.UTC(year, month, day) / 86400000;
      this.edges.push(at);
      if (unit === "day") day += 1;
      else month += { month: 1, quarter: 3, year: 12 }[unit] || 1;
    }
    this.begin = this.edges[0];
    this.end = this.edges[this.edges.length - 1];
  }

  /** @param {number} day */
  #bin(day) {
    let [low, high] = [0, this.edges.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.edges[middle] <= day) low = middle;
      else high = middle;
    }
    return low;
  }

  /** @param {import("./filter.js").Filtered} filtered */
  show(filtered) {
    this.filtered = filtered;
    this.counts = new Uint32Array(this.edges.length);
    for (let m = 0; m < this.graph.nMeetings; m++) {
      if (!Number.isNaN(this.graph.from[m]) && filtered.butDates(m)) this.counts[this.#bin(this.graph.from[m])]++;
    }
    this.range = [state.from ? Date.parse(state.from) / 86400000 : this.begin, state.to ? Date.parse(state.to) / 86400000 + 1 : this.end];
    if (Number.isNaN(this.range[0] + this.range[1])) this.range = [this.begin, this.end];
    this.#draw();
  }

  #draw() {
    const wide = this.drawing.clientWidth;
    if (!wide || this.root.hidden) return;
    const { begin, end, edges } = this;
    const [low, high] = this.range;
    const x = (/** @type {number} */ day) => ((day - begin) / (end - begin)) * wide;
    const most = Math.max(1, ...this.counts);
    const bars = edges.slice(0, -1).map((day, bin) => {
      const tall = this.counts[bin] ? Math.max(2, (this.counts[bin] / most) * HEIGHT) : 0;
      const inside = edges[bin + 1] > low && day < high;
      return svg("rect", { class: inside ? "in" : "out", x: x(day) + 0.5, y: HEIGHT - tall, width: Math.max(1, x(edges[bin + 1]) - x(day) - 1), height: tall, rx: 1 });
    });
    const handle = (/** @type {number} */ day, /** @type {string} */ name, /** @type {string} */ label) =>
      svg("g", { class: "handle", tabindex: 0, role: "slider", "aria-label": label, "aria-valuemin": begin, "aria-valuemax": end, "aria-valuenow": Math.round(day), "aria-valuetext": when(iso(Math.min(day, end - 1))), "data-end": name, transform: `translate(${x(day)} 0)` }, svg("rect", { class: "grip", x: -9, y: 0, width: 18, height: HEIGHT }), svg("line", { y1: 0, y2: HEIGHT }), svg("rect", { class: "knob", x: -3.5, y: HEIGHT / 2 - 8, width: 7, height: 16, rx: 3.5 }));
    const chosen = Boolean(state.from || state.to);
    refill(
      this.drawing,
      svg(
        "svg",
        { width: wide, height: HEIGHT + 18, class: chosen ? "chosen" : "" },
        svg("rect", { class: "window", x: x(low), y: 0, width: Math.max(0, x(high) - x(low)), height: HEIGHT }),
        bars,
        svg("line", { class: "axis", x1: 0, x2: wide, y1: HEIGHT + 0.5, y2: HEIGHT + 0.5 }),
        this.#ticks(x, wide),
        handle(low, "from", t("from")),
        handle(high, "to", t("to")),
      ),
    );
    this.#say();
  }

  /** @param {(day: number) => number} x @param {number} wide */
  #ticks(x, wide) {
    const years = (this.end - this.begin) / 365;
    const room = Math.max(1, Math.floor(wide / 64));
    const step = [1, 2, 5, 10, 20].find((each) => years / each <= room) || 50;
    const marks = [];
    const first = new Date(this.begin * 86400000);
    if (years > 2.5) {
      for (let year = first.getUTCFullYear(); ; year++) {
        const day = Date.UTC(year, 0, 1) / 86400000;
        if (day >= this.end) break;
        if (day >= this.begin && year % step === 0) marks.push([day, String(year)]);
      }
    } else {
      const months = Math.max(1, Math.ceil((this.end - this.begin) / 30 / room));
      for (let month = 0; ; month += months) {
        const day = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1) / 86400000;
        if (day >= this.end) break;
        if (day >= this.begin) marks.push([day, iso(day).slice(0, 7)]);
      }
    }
    return marks.map(([day, text]) => svg("text", { class: "tick", x: Math.min(wide - 14, Math.max(14, x(Number(day)))), y: HEIGHT + 14, "text-anchor": "middle" }, text));
  }

  #say() {
    const [low, high] = this.range;
    const chosen = Boolean(state.from || state.to);
    refill(
      this.words,
      chosen ? h("strong", {}, ltr(`${when(iso(low))} – ${when(iso(high - 1))}`)) : h("span", {}, t("allDates")),
      chosen && h("button", { type: "button", class: "clear", onclick: () => change({ from: "", to: "" }) }, t("clear")),
      this.undated > 0 && h("small", {}, t("nUndated", this.undated)),
    );
  }

  #listen() {
    /** @type {{part: string, at: number, range: number[]} | null} */
    let pull = null;
    const dayAt = (/** @type {PointerEvent} */ event) => {
      const box = this.drawing.getBoundingClientRect();
      return this.begin + ((event.clientX - box.left) / box.width) * (this.end - this.begin);
    };
    this.drawing.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      const at = dayAt(event);
      const end = /** @type {Element} */ (event.target).closest?.("[data-end]")?.getAttribute("data-end");
      const chosen = state.from || state.to;
      const inside = chosen && at > this.range[0] && at < this.range[1];
      pull = { part: end || (inside ? "all" : "new"), at, range: [...this.range] };
      this.drawing.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.drawing.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (!pull) return;
      const at = dayAt(event);
      const moved = at - pull.at;
      if (pull.part === "from") this.#set(Math.min(pull.range[0] + moved, this.range[1] - 1), this.range[1]);
      else if (pull.part === "to") this.#set(this.range[0], Math.max(pull.range[1] + moved, this.range[0] + 1));
      else if (pull.part === "all") this.#set(pull.range[0] + moved, pull.range[1] + moved);
      else this.#set(Math.min(pull.at, at), Math.max(pull.at, at));
    });
    const end = () => (pull = null);
    this.drawing.addEventListener("pointerup", end);
    this.drawing.addEventListener("pointercancel", end);
    this.drawing.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const which = /** @type {Element} */ (event.target).getAttribute("data-end");
      const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -6, PageUp: 6 }[event.key];
      if (!which || !step) return;
      event.preventDefault();
      event.stopPropagation();
      const place = which === "from" ? 0 : 1;
      const bin = Math.max(0, Math.min(this.edges.length - 1, this.#bin(this.range[place]) + (this.range[place] >= this.end ? 1 : 0) + step));
      const next = [...this.range];
      next[place] = this.edges[bin];
      if (next[0] < next[1]) this.#set(next[0], next[1]);
      /** @type {HTMLElement | null} */ (this.drawing.querySelector(`[data-end="${which}"]`))?.focus();
    });
  }

  /** @param {number} low @param {number} high */
  #set(low, high) {
    const from = Math.max(this.begin, Math.round(low));
    const to = Math.min(this.end, Math.round(high));
    if (to <= from) return;
    const next = { from: from <= this.begin ? "" : iso(from), to: to >= this.end ? "" : iso(to - 1) };
    if (next.from !== state.from || next.to !== state.to) change(next);
  }
}
