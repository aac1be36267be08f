/** Where meetings were, country by country: land only, for a border drawn is a position taken. */

import { COUNTRY } from "./data.js";
import { bdi, h, refill, svg } from "./dom.js";
import { n, t } from "./words.js";
import world from "./world.json";

const POINTS = /** @type {Record<string, number[]>} */ (world.points);

export class WorldMap {
  static offered = (/** @type {import("./data.js").Graph} */ graph) => graph.meetings.country.some((/** @type {number} */ i) => i >= 0 && place(graph, i));

  /** @param {import("./data.js").Graph} graph @param {{go: (i: number) => void, pair: (a: number, b: number) => void}} tell */
  constructor(graph, tell) {
    this.graph = graph;
    this.tell = tell;
    this.drawing = h("div", { class: "map" });
    this.note = h("p", { class: "map-note" }, t("mapNote"));
    this.root = h("div", { class: "map-view" }, this.drawing, this.note);
    /** @type {import("./filter.js").Filtered | null} */
    this.filtered = null;
    /** @type {number[]} */
    this.box = [0, 0, 1008, 470];
    /** @type {Map<number, number>} */
    this.held = new Map();
    /** @type {Map<string, number>} guest's country and host's, and how often */
    this.ways = new Map();
    this.unknown = 0;
    new ResizeObserver(() => this.filtered && this.#draw()).observe(this.drawing);
    this.#listen();
  }

  /** @param {import("./filter.js").Filtered} filtered @param {import("./state.js").State} state */
  show(filtered, state) {
    if (filtered !== this.filtered) {
      this.filtered = filtered;
      this.#count();
      this.box = this.#extent();
    }
    this.state = state;
    this.#draw();
  }

  #count() {
    const { graph } = this;
    this.held.clear();
    this.ways.clear();
    this.unknown = 0;
    for (const m of /** @type {import("./filter.js").Filtered} */ (this.filtered).passing) {
      const here = graph.meetings.country[m];
      if (here < 0 || !place(graph, here)) {
        this.unknown++;
        continue;
      }
      this.held.set(here, (this.held.get(here) || 0) + 1);
      for (const member of graph.present(m)) {
        if (graph.type[member] !== COUNTRY || member === here || !place(graph, member)) continue;
        const key = `${member} ${here}`;
        this.ways.set(key, (this.ways.get(key) || 0) + 1);
      }
    }
  }

  /** The part of the world that the meetings are in, with room around it. */
  #extent() {
    const points = [...this.held.keys(), ...[...this.ways.keys()].map((key) => Number(key.split(" ")[0]))].map((i) => /** @type {number[]} */ (place(this.graph, i)));
    if (!points.length) return [0, 0, 1008, 470];
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [wide, tall] = [Math.max(220, (right - left) * 1.25), Math.max(130, (bottom - top) * 1.3)];
    return [(left + right - wide) / 2, (top + bottom - tall) / 2, wide, tall];
  }

  #draw() {
    const { graph, drawing } = this;
    const [width, height] = [drawing.clientWidth, drawing.clientHeight];
    if (!width || !height) return;
    const [bx, by, bw, bh] = this.box;
    const k = Math.min(width / bw, height / bh);
    const [ox, oy] = [(width - bw * k) / 2 - bx * k, (height - bh * k) / 2 - by * k];
    const at = (/** @type {number} */ i) => {
      const [x, y] = /** @type {number[]} */ (place(graph, i));
      return [x * k + ox, y * k + oy];
    };
    const selected = this.state?.selection && "node" in this.state.selection ? this.state.selection.node : -1;
    const most = Math.max(1, ...this.held.values());
    const mostWays = Math.max(1, ...this.ways.values());
    const ways = [...this.ways].sort((a, b) => b[1] - a[1]).slice(0, 260).reverse().map(([key, count]) => {
      const [from, to] = key.split(" ").map(Number);
      const [[x1, y1], [x2, y2]] = [at(from), at(to)];
      const lift = Math.hypot(x2 - x1, y2 - y1) * 0.18;
      const lit = selected === from || selected === to;
      return svg("path", { class: selected < 0 ? "way" : lit ? "way lit" : "way dim", d: `M${x1} ${y1}Q${(x1 + x2) / 2} ${(y1 + y2) / 2 - lift} ${x2} ${y2}`, "stroke-width": 0.8 + 3.2 * (count / mostWays), onclick: () => this.tell.pair(from, to) }, svg("title", {}, `${graph.label(from)} → ${graph.label(to)}: ${n(count)}`));
    });
    const held = [...this.held].sort((a, b) => b[1] - a[1]);
    const spots = held.map(([i, count]) => {
      const [x, y] = at(i);
      const r = 4 + 14 * Math.sqrt(count / most);
      return { i, x, y, r, count };
    });
    const circles = spots.map(({ i, x, y, r, count }) => svg("g", { class: `spot${i === selected ? " chosen" : ""}`, tabindex: 0, role: "button", "aria-label": `${graph.label(i)}: ${t("nMeetings", count)}`, onclick: () => this.tell.go(i), onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && this.tell.go(i) }, svg("circle", { cx: x, cy: y, r }), r > 11 && svg("text", { class: "spot-count", x, y, "text-anchor": "middle", "dominant-baseline": "central" }, n(count))));
    refill(
      drawing,
      svg("svg", { width, height, role: "group", "aria-label": t("map") }, svg("path", { class: "land", d: world.land, transform: `translate(${ox} ${oy}) scale(${k})` }), ways, circles, this.#labels(spots, width, height)),
      this.unknown > 0 && h("p", { class: "counted" }, `${t("unknownPlace")}: `, bdi(n(this.unknown))),
    );
  }

  /** Names where there is room, those of the most meetings first. @param {{i: number, x: number, y: number, r: number}[]} spots @param {number} width @param {number} height */
  #labels(spots, width, height) {
    /** @type {number[][]} */
    const taken = spots.map(({ x, y, r }) => [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]);
    return spots.flatMap(({ i, x, y, r }) => {
      const text = this.graph.label(i);
      const wide = text.length * 7 + 6;
      const places = [[x, y + r + 11], [x, y - r - 9], [x + r + wide / 2 + 2, y], [x - r - wide / 2 - 2, y]];
      const free = places.find(([cx, cy]) => {
        const box = [cx - wide / 2, cy - 8, cx + wide / 2, cy + 8];
        if (box[0] < 0 || box[2] > width || box[1] < 0 || box[3] > height || taken.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) return false;
        taken.push(box);
        return true;
      });
      return free ? [svg("text", { class: "map-label", x: free[0], y: free[1], "text-anchor": "middle", "dominant-baseline": "central" }, text)] : [];
    });
  }

  #listen() {
    /** @type {{x: number, y: number} | null} */
    let pulled = null;
    const scale = () => Math.min(this.drawing.clientWidth / this.box[2], this.drawing.clientHeight / this.box[3]);
    this.drawing.addEventListener("wheel", (/** @type {WheelEvent} */ event) => {
      event.preventDefault();
      const factor = Math.exp(event.deltaY * 0.0014);
      const [x, y, w, tall] = this.box;
      if (w * factor < 40 || w * factor > 1300) return;
      const bounds = this.drawing.getBoundingClientRect();
      const [fx, fy] = [(event.clientX - bounds.left) / bounds.width, (event.clientY - bounds.top) / bounds.height];
      this.box = [x + w * (1 - factor) * fx, y + tall * (1 - factor) * fy, w * factor, tall * factor];
      this.#draw();
    }, { passive: false });
    this.drawing.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => (pulled = { x: event.clientX, y: event.clientY }));
    addEventListener("pointermove", (event) => {
      if (!pulled || !event.buttons) return (pulled = null);
      const k = scale();
      this.box = [this.box[0] - (event.clientX - pulled.x) / k, this.box[1] - (event.clientY - pulled.y) / k, this.box[2], this.box[3]];
      if (Math.hypot(event.clientX - pulled.x, event.clientY - pulled.y) > 0) this.#draw();
      pulled = { x: event.clientX, y: event.clientY };
    });
  }
}

/** Where a country is drawn. @param {import("./data.js").Graph} graph @param {number} i */
function place(graph, i) {
  return POINTS[graph.id[i].split("/").pop() || ""];
}
