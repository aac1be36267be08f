/** Meetings in time: a lane a country, person or organization; time runs from left to right in every language. */

import { COUNTRY, KINDS, ORGANIZATION, PERSON, iso } from "./data.js";
import { h, refill } from "./dom.js";
import { busiest } from "./met.js";
import { FONT } from "./picture.js";
import { rowsChoice } from "./rows-choice.js";
import { rightToLeft, t, when } from "./words.js";

const LANE = 27;
const HEAD = 30;
const MOST = 60;

export class Timeline {
  /** @param {import("./data.js").Graph} graph */
  static offered = (graph) => graph.from.some((day) => !Number.isNaN(day));

  /** @param {import("./data.js").Graph} graph @param {{go: (i: number) => void}} tell */
  constructor(graph, tell) {
    this.graph = graph;
    this.tell = tell;
    this.wide = 0;
    this.names = 0;
    this.canvas = h("canvas", { class: "lanes", "aria-label": t("timeline"), role: "img" });
    this.tip = h("div", { class: "tip", hidden: true });
    this.scroll = h("div", { class: "scroll lanes-scroll" }, h("div", { class: "lanes-hold" }, this.canvas, this.tip));
    this.choice = h("div", { class: "view-head" });
    this.root = h("div", { class: "timeline-view" }, this.choice, this.scroll);
    /** @type {{x: number, y: number, m: number}[]} */
    this.marks = [];
    this.canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.#hover(event));
    this.canvas.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.canvas.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const mark = this.#at(event);
      const lane = this.lanes?.[Math.floor((event.offsetY - HEAD) / LANE)];
      if (mark) this.tell.go(this.graph.meetings.node[mark.m]);
      else if (lane !== undefined && this.#inNames(event.offsetX)) this.tell.go(lane);
    });
    new ResizeObserver(() => this.filtered && this.#draw()).observe(this.scroll);
  }

  /** @param {import("./filter.js").Filtered} filtered @param {import("./state.js").State} state */
  show(filtered, state) {
    this.filtered = filtered;
    this.state = state;
    refill(this.choice, rowsChoice(state.rows, "byRow"));
    const type = { country: COUNTRY, person: PERSON, organization: ORGANIZATION }[state.rows] ?? COUNTRY;
    this.lanes = busiest(filtered, (i) => this.graph.type[i] === type, MOST).map(([i]) => i);
    this.#draw();
  }

  /** @param {number} x */
  #inNames(x) {
    return rightToLeft() ? x > this.wide - this.names : x < this.names;
  }

  #draw() {
    const { graph } = this;
    const filtered = /** @type {import("./filter.js").Filtered} */ (this.filtered);
    const state = /** @type {import("./state.js").State} */ (this.state);
    const lanes = this.lanes || [];
    const wide = (this.wide = this.scroll.clientWidth);
    const names = (this.names = Math.min(168, wide * 0.3));
    if (!wide) return;
    const tall = HEAD + lanes.length * LANE + 12;
    const ratio = devicePixelRatio || 1;
    Object.assign(this.canvas, { width: wide * ratio, height: tall * ratio });
    this.canvas.style.width = `${wide}px`;
    this.canvas.style.height = `${tall}px`;
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    context.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
    const [text, quiet, soft] = [colour("text"), colour("quiet"), colour("line-soft")];
    const dated = filtered.passing.filter((m) => !Number.isNaN(graph.from[m]));
    const low = state.from ? Date.parse(state.from) / 86400000 : dated.reduce((a, m) => Math.min(a, graph.from[m]), Infinity);
    const high = (state.to ? Date.parse(state.to) / 86400000 : dated.reduce((a, m) => Math.max(a, graph.to[m]), -Infinity)) + 1;
    const [left, right] = rightToLeft() ? [18, wide - names - 10] : [names + 10, wide - 18];
    const x = (/** @type {number} */ day) => left + ((day - low) / Math.max(1, high - low)) * (right - left);
    this.#axis(context, x, low, high, tall, quiet, soft);
    const laneOf = new Map(lanes.map((i, lane) => [i, lane]));
    const selected = state.selection && "node" in state.selection ? state.selection.node : -1;
    this.marks = [];
    lanes.forEach((i, lane) => {
      const y = HEAD + lane * LANE + LANE / 2;
      context.strokeStyle = soft;
      context.beginPath();
      context.moveTo(left - 6, y);
      context.lineTo(right + 6, y);
      context.stroke();
      context.fillStyle = i === selected ? colour("accent") : text;
      context.font = `${i === selected ? 600 : 400} 13px ${FONT}`;
      context.textBaseline = "middle";
      context.textAlign = rightToLeft() ? "left" : "right";
      context.fillText(fitText(context, graph.label(i), names - 14), rightToLeft() ? wide - names + 2 : names - 6, y);
    });
    for (const m of dated) {
      const middle = (graph.from[m] + graph.to[m] + 1) / 2;
      for (const i of graph.present(m)) {
        const lane = laneOf.get(i);
        if (lane !== undefined) this.marks.push({ x: x(middle), y: HEAD + lane * LANE + LANE / 2, m });
      }
    }
    const main = colour("meeting");
    for (const { x: mx, y, m } of this.marks) {
      const chosen = graph.meetings.node[m] === selected;
      const vague = graph.to[m] - graph.from[m];
      context.globalAlpha = chosen ? 1 : 0.62;
      context.fillStyle = chosen ? colour("person") : main;
      if (vague > 1 && !chosen) {
        // A month or a year is a stretch of time, not its middle day.
        context.globalAlpha = 0.16;
        context.fillRect(x(graph.from[m]), y - 4, x(graph.to[m] + 1) - x(graph.from[m]), 8);
        context.globalAlpha = 0.62;
      }
      const size = chosen ? 12 : 9;
      if (graph.meetings.status[m]) {
        context.strokeStyle = chosen ? colour("person") : main;
        context.lineWidth = 1.5;
        context.strokeRect(mx - size / 2 + 1, y - size / 2 + 1, size - 2, size - 2);
      } else context.fillRect(mx - size / 2, y - size / 2, size, size);
    }
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context @param {(day: number) => number} x @param {number} low @param {number} high @param {number} tall @param {string} quiet @param {string} soft */
  #axis(context, x, low, high, tall, quiet, soft) {
    context.font = `12px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.direction = "ltr";
    const years = (high - low) / 365.25;
    const room = Math.max(2, (x(high) - x(low)) / 76);
    const months = [1, 2, 3, 6, 12, 24, 60, 120].find((each) => (years * 12) / each <= room) || 240;
    const first = new Date(low * 86400000);
    let at = first.getUTCFullYear() * 12 + first.getUTCMonth();
    at -= at % months;
    for (; ; at += months) {
      const day = Date.UTC(Math.floor(at / 12), at % 12, 1) / 86400000;
      if (day > high) break;
      if (day < low) continue;
      context.strokeStyle = soft;
      context.beginPath();
      context.moveTo(x(day), HEAD - 6);
      context.lineTo(x(day), tall);
      context.stroke();
      context.fillStyle = quiet;
      context.fillText(months % 12 ? when(iso(day).slice(0, 7)).replace(/^(\S{3})\S+ /u, "$1 ") : String(Math.floor(at / 12)), x(day), HEAD / 2);
    }
  }

  /** @param {MouseEvent} event */
  #at({ offsetX, offsetY }) {
    let [found, best] = [/** @type {any} */ (null), 9];
    for (const mark of this.marks) {
      const far = Math.hypot(mark.x - offsetX, mark.y - offsetY);
      if (far < best) [found, best] = [mark, far];
    }
    return found;
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const mark = this.#at(event);
    this.canvas.style.cursor = mark || this.#inNames(event.offsetX) ? "pointer" : "default";
    this.tip.hidden = !mark;
    if (!mark) return;
    const { graph } = this;
    this.tip.textContent = `${t(`kind.${KINDS[graph.meetings.kind[mark.m]]}`)} · ${graph.where(mark.m)} · ${when(graph.meetings.date[mark.m])} — ${graph.partyEdges[mark.m].slice(0, 4).map((e) => graph.label(graph.s[e])).join(", ")}`;
    this.tip.style.left = `${Math.max(6, Math.min(mark.x - this.tip.offsetWidth / 2, this.wide - this.tip.offsetWidth - 6))}px`;
    this.tip.style.top = `${mark.y + 12}px`;
  }
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} wide */
function fitText(context, text, wide) {
  if (context.measureText(text).width <= wide) return text;
  let cut = text;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > wide) cut = cut.slice(0, -1);
  return `${cut}…`;
}
