/** The canvas of the network: camera, gestures, and what the pointer is on. */

import { h } from "./dom.js";
import { MET } from "./scenes.js";
import { canvasPen, draw, grow, onScreen, outline } from "./picture.js";
import { t } from "./words.js";

/** @typedef {import("./scenes.js").Scene} Scene */
/** @typedef {import("./picture.js").Camera} Camera */

// A picture that takes longer than this is moved as a bitmap while the hand moves, and drawn when it rests.
const SLOW = 11;
const REST = 90;

export class Stage {
  /**
   * @param {import("./data.js").Graph} graph
   * @param {{pick: (selection: import("./state.js").Selection | null) => void, open: (i: number) => void}} tell
   */
  constructor(graph, tell) {
    this.graph = graph;
    this.tell = tell;
    this.canvas = h("canvas", { class: "drawing", tabindex: 0, role: "application", "aria-label": t("canvas") });
    this.over = h("canvas", { class: "over", "aria-hidden": "true" });
    this.tip = h("div", { class: "tip", hidden: true });
    this.root = h("div", { class: "stage" }, this.canvas, this.over, this.tip);
    /** @type {Camera} */
    this.camera = { x: 0, y: 0, k: 1, width: 0, height: 0 };
    /** @type {Scene | null} */
    this.scene = null;
    this.look = { graph, lit: /** @type {Set<number> | null} */ (null), litLines: /** @type {Set<number> | null} */ (null), selected: /** @type {Set<number>} */ (new Set()) };
    this.colours = /** @type {Record<string, string>} */ ({});
    this.cost = 0;
    /** How much of the lower part something else covers. */
    this.covered = 0;
    this.hovered = -1;
    this.#listen();
    new ResizeObserver(() => this.resize()).observe(this.root);
  }

  resize() {
    const { width, height } = this.root.getBoundingClientRect();
    if (!width || !height) return;
    const first = !this.camera.width;
    const ratio = window.devicePixelRatio || 1;
    for (const canvas of [this.canvas, this.over]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.camera.width = width;
    this.camera.height = height;
    if (first) this.fit();
    this.paint();
  }

  /** @param {Scene} scene @param {boolean} fit */
  show(scene, fit) {
    this.scene = scene;
    if (fit) this.fit();
  }

  /** @param {Record<string, string>} colours */
  colour(colours) {
    this.colours = colours;
  }

  /** Bring all of the scene, or some nodes of it, into the window. @param {number[]} [nodes] */
  fit(nodes) {
    const { scene, camera } = this;
    const members = nodes || scene?.nodes || [];
    if (!scene || !members.length || !camera.width) return;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of members) {
      left = Math.min(left, scene.x[i]);
      right = Math.max(right, scene.x[i]);
      top = Math.min(top, scene.y[i]);
      bottom = Math.max(bottom, scene.y[i]);
    }
    const [padX, padY] = [Math.min(90, camera.width * 0.12), Math.min(64, camera.height * 0.1)];
    const k = Math.min((camera.width - 2 * padX) / Math.max(1, right - left), (camera.height - 2 * padY) / Math.max(1, bottom - top));
    camera.k = Math.min(k, 1.6);
    camera.x = (left + right) / 2;
    camera.y = (top + bottom) / 2;
  }

  /** Bring a node into the window if it is not there. @param {number} i */
  reveal(i) {
    if (!this.scene?.nodes.includes(i)) return;
    const [x, y] = onScreen(this.camera, this.scene, i);
    const { width, height } = this.camera;
    const [low, edge] = [height - this.covered, Math.min(60, width / 8)];
    const inside = x > edge && y > edge && x < width - edge && y < low - edge;
    if (inside && this.camera.k > 0.12) return;
    this.camera.k = Math.max(this.camera.k, 0.5);
    this.camera.x = this.scene.x[i];
    this.camera.y = this.scene.y[i] + this.covered / 2 / this.camera.k;
  }

  paint() {
    if (!this.scene || !this.camera.width) return;
    const started = performance.now();
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.#clear(context);
    draw(canvasPen(context), this.scene, this.camera, this.colours, this.look);
    this.cost = performance.now() - started;
    this.drawn = { ...this.camera };
    this.snapshot = null;
    this.#paintOver();
  }

  /** @param {CanvasRenderingContext2D} context */
  #clear(context) {
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.colours.background;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** The hand moves: draw at once if that is quick, else move what is drawn. */
  #move() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.cost < SLOW) return this.paint();
      this.#shift();
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.paint(), REST);
    });
  }

  #shift() {
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    if (!this.snapshot) {
      this.snapshot = document.createElement("canvas");
      this.snapshot.width = this.canvas.width;
      this.snapshot.height = this.canvas.height;
      /** @type {CanvasRenderingContext2D} */ (this.snapshot.getContext("2d")).drawImage(this.canvas, 0, 0);
    }
    const was = /** @type {Camera} */ (this.drawn);
    const { x, y, k, width, height } = this.camera;
    const scale = k / was.k;
    this.#clear(context);
    context.drawImage(
      this.snapshot,
      (was.x - x) * k + (width / 2) * (1 - scale),
      (was.y - y) * k + (height / 2) * (1 - scale),
      width * scale,
      height * scale,
    );
    this.over.getContext("2d")?.clearRect(0, 0, this.over.width, this.over.height);
  }

  /** A ring and a name at what the pointer is on. */
  #paintOver() {
    const context = /** @type {CanvasRenderingContext2D} */ (this.over.getContext("2d"));
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.camera.width, this.camera.height);
    const { scene, hovered } = this;
    this.tip.hidden = true;
    if (!scene || hovered < 0) return;
    const pen = canvasPen(context);
    const [x, y] = onScreen(this.camera, scene, hovered);
    pen.stroke({ color: this.colours.lit, width: 1.5 }, (path) => {
      let drawn = 0;
      for (let l = 0; l < scene.s.length && drawn < 400; l++) {
        if (scene.s[l] !== hovered && scene.t[l] !== hovered) continue;
        const other = onScreen(this.camera, scene, scene.s[l] === hovered ? scene.t[l] : scene.s[l]);
        path.moveTo(x, y);
        path.lineTo(other[0], other[1]);
        drawn++;
      }
    });
    const r = scene.size[hovered] * grow(this.camera.k);
    pen.fill({ color: this.colours[["meeting", "person", "organization", "country", "other"][this.graph.type[hovered]]] }, (path) => outline(path, this.graph.type[hovered], x, y, Math.max(3, r)));
    this.tip.textContent = this.graph.short(hovered);
    this.tip.hidden = false;
    const left = Math.min(Math.max(8, x - this.tip.offsetWidth / 2), this.camera.width - this.tip.offsetWidth - 8);
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${y - r - this.tip.offsetHeight - 8 > 0 ? y - r - this.tip.offsetHeight - 8 : y + r + 8}px`;
  }

  /** The node under a point, or -1. @param {number} x @param {number} y @param {number} [slack] */
  nodeAt(x, y, slack = 5) {
    const { scene, camera, graph } = this;
    if (!scene) return -1;
    const scale = grow(camera.k);
    const [left, top] = [camera.x - camera.width / 2 / camera.k, camera.y - camera.height / 2 / camera.k];
    let [found, best] = [-1, Infinity];
    for (const i of scene.nodes) {
      const dx = (scene.x[i] - left) * camera.k - x;
      const dy = (scene.y[i] - top) * camera.k - y;
      const far = Math.hypot(dx, dy) - scene.size[i] * scale - (graph.type[i] === 0 ? 0 : 1);
      if (far < slack && far < best) [found, best] = [i, far];
    }
    return found;
  }

  /** The line under a point, or -1. @param {number} x @param {number} y */
  lineAt(x, y) {
    const { scene, camera } = this;
    if (!scene || scene.s.length > 60000) return -1;
    let [found, best] = [-1, 6];
    for (let l = 0; l < scene.s.length; l++) {
      const [x1, y1] = onScreen(camera, scene, scene.s[l]);
      const [x2, y2] = onScreen(camera, scene, scene.t[l]);
      const [dx, dy] = [x2 - x1, y2 - y1];
      const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
      if (far < best) [found, best] = [l, far];
    }
    return found;
  }

  /** @param {number} factor @param {number} [x] @param {number} [y] */
  zoom(factor, x = this.camera.width / 2, y = this.camera.height / 2) {
    const { camera } = this;
    const k = Math.min(8, Math.max(0.008, camera.k * factor));
    camera.x += (x - camera.width / 2) * (1 / camera.k - 1 / k);
    camera.y += (y - camera.height / 2) * (1 / camera.k - 1 / k);
    camera.k = k;
    this.#move();
  }

  #listen() {
    /** @type {Map<number, {x: number, y: number}>} */
    const fingers = new Map();
    let moved = 0;
    const at = (/** @type {MouseEvent} */ event) => {
      const box = this.canvas.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    this.canvas.addEventListener("wheel", (/** @type {WheelEvent} */ event) => {
      event.preventDefault();
      const { x, y } = at(event);
      this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), x, y);
    }, { passive: false });
    this.canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      fingers.set(event.pointerId, at(event));
      moved = 0;
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      const point = at(event);
      const was = fingers.get(event.pointerId);
      if (!was) return this.#hover(point);
      if (fingers.size === 2) {
        const [other] = [...fingers.entries()].filter(([id]) => id !== event.pointerId).map(([, finger]) => finger);
        const before = Math.hypot(was.x - other.x, was.y - other.y);
        const after = Math.hypot(point.x - other.x, point.y - other.y);
        this.zoom(after / Math.max(1, before), (point.x + other.x) / 2, (point.y + other.y) / 2);
        moved += 10;
      } else {
        this.camera.x -= (point.x - was.x) / this.camera.k;
        this.camera.y -= (point.y - was.y) / this.camera.k;
        moved += Math.hypot(point.x - was.x, point.y - was.y);
        this.#move();
      }
      fingers.set(event.pointerId, point);
    });
    const end = (/** @type {PointerEvent} */ event) => {
      const point = fingers.get(event.pointerId);
      fingers.delete(event.pointerId);
      if (point && moved < 5 && event.type === "pointerup") this.#click(at(event), event.pointerType === "touch" ? 14 : 5);
    };
    this.canvas.addEventListener("pointerup", end);
    this.canvas.addEventListener("pointercancel", end);
    this.canvas.addEventListener("pointerleave", () => this.#hover({ x: -99, y: -99 }));
    this.canvas.addEventListener("dblclick", (/** @type {MouseEvent} */ event) => {
      const { x, y } = at(event);
      const i = this.nodeAt(x, y);
      if (i >= 0) this.tell.open(i);
    });
  }

  /** @param {{x: number, y: number}} point */
  #hover({ x, y }) {
    const i = this.nodeAt(x, y);
    this.canvas.style.cursor = i >= 0 ? "pointer" : "grab";
    if (i === this.hovered) return;
    this.hovered = i;
    this.#paintOver();
  }

  /** @param {{x: number, y: number}} point @param {number} slack */
  #click({ x, y }, slack) {
    const i = this.nodeAt(x, y, slack);
    if (i >= 0) return this.tell.pick({ node: i });
    const l = this.lineAt(x, y);
    const scene = /** @type {Scene} */ (this.scene);
    if (l < 0) return this.tell.pick(null);
    if (scene.relation[l] === MET) return this.tell.pick({ pair: [scene.s[l], scene.t[l]] });
    this.tell.pick({ edge: scene.ref[l] });
  }

  /** The neighbour that lies most in a direction. @param {number} i @param {number} dx @param {number} dy */
  neighbour(i, dx, dy) {
    const { scene } = this;
    if (!scene) return -1;
    let [found, best] = [-1, Infinity];
    for (let l = 0; l < scene.s.length; l++) {
      if (scene.s[l] !== i && scene.t[l] !== i) continue;
      const other = scene.s[l] === i ? scene.t[l] : scene.s[l];
      const [ax, ay] = [scene.x[other] - scene.x[i], scene.y[other] - scene.y[i]];
      const along = ax * dx + ay * dy;
      const cost = Math.hypot(ax, ay) + 3 * Math.abs(ax * dy - ay * dx);
      if (along > 0 && cost < best) [found, best] = [other, cost];
    }
    return found;
  }
}
