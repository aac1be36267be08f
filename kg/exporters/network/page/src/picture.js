/** A scene drawn with a pen: the pen of the canvas and the pen of SVG draw the same picture. */

import { COUNTRY, MEETING, PERSON } from "./data.js";
import { MET } from "./scenes.js";
import { rightToLeft } from "./words.js";

/** @typedef {import("./scenes.js").Scene} Scene */
/** @typedef {{x: number, y: number, k: number, width: number, height: number}} Camera x, y: the place of the graph in the middle */
/**
 * @typedef {object} Path
 * @property {(x: number, y: number) => void} moveTo
 * @property {(x: number, y: number) => void} lineTo
 * @property {(x: number, y: number, r: number, from: number, to: number) => void} arc
 * @property {() => void} closePath
 */
/**
 * @typedef {object} Pen
 * @property {(style: {color: string, width: number, dash?: number[], alpha?: number}, draw: (path: Path) => void) => void} stroke
 * @property {(style: {color: string, alpha?: number, outline?: string}, draw: (path: Path) => void) => void} fill
 * @property {(style: {color: string, halo: string, size: number, bold: boolean, alpha?: number}, text: string, x: number, y: number) => void} text
 * @property {(text: string, size: number, bold: boolean) => number} measure
 */
/** @typedef {Record<string, string>} Colours */

export const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Helvetica Neue", Arial, sans-serif';
const NAMES = ["meeting", "person", "organization", "country", "other"];

/** How large nodes are drawn: they grow slower than the distances between them. @param {number} k */
export const grow = (k) => Math.min(1.5, Math.max(0.16, k ** 0.62));

/** @param {Camera} camera @param {Scene} scene @param {number} i */
export const onScreen = (camera, scene, i) => [
  (scene.x[i] - camera.x) * camera.k + camera.width / 2,
  (scene.y[i] - camera.y) * camera.k + camera.height / 2,
];

/** The outline of a type: shape tells it where colour cannot. @param {Path} path @param {number} type @param {number} x @param {number} y @param {number} r */
export function outline(path, type, x, y, r) {
  if (type === PERSON) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, Math.PI * 2);
    return;
  }
  const corners = CORNERS[type] || CORNERS[4];
  corners.forEach(([cx, cy], place) => (place ? path.lineTo(x + cx * r, y + cy * r) : path.moveTo(x + cx * r, y + cy * r)));
  path.closePath();
}

const polygon = (/** @type {number} */ sides, /** @type {number} */ turn, /** @type {number} */ size) =>
  Array.from({ length: sides }, (_, place) => {
    const angle = turn + (place * 2 * Math.PI) / sides;
    return [Math.cos(angle) * size, Math.sin(angle) * size];
  });
/** @type {Record<number, number[][]>} */
const CORNERS = { 0: polygon(4, Math.PI / 4, 1.2), 2: polygon(4, 0, 1.25), 3: polygon(6, 0, 1.12), 4: polygon(3, -Math.PI / 2, 1.25) };

/**
 * Draw a scene.
 * @param {Pen} pen @param {Scene} scene @param {Camera} camera @param {Colours} colours
 * @param {{graph: import("./data.js").Graph, lit: Set<number> | null, litLines: Set<number> | null, selected: Set<number>}} look
 */
export function draw(pen, scene, camera, colours, look) {
  const { lit, litLines } = look;
  drawLines(pen, scene, camera, colours, litLines);
  const scale = grow(camera.k);
  const { graph, selected } = look;
  const visible = scene.nodes.filter((i) => {
    const [x, y] = onScreen(camera, scene, i);
    return x > -40 && y > -40 && x < camera.width + 40 && y < camera.height + 40;
  });
  const groups = [false, true].flatMap((isLit) => NAMES.map((name, type) => ({ isLit, name, type })));
  for (const { isLit, name, type } of groups) {
    const members = visible.filter((i) => graph.type[i] === type && (!lit || lit.has(i)) === isLit && !graph.color[i]);
    if (!members.length) continue;
    const color = isLit ? colours[name] : colours.dim;
    pen.fill({ color, outline: scale > 0.55 ? colours.background : undefined }, (path) => {
      for (const i of members) outline(path, type, ...place(camera, scene, i), Math.max(1.4, scene.size[i] * scale));
    });
  }
  for (const i of visible.filter((each) => graph.color[each])) {
    pen.fill({ color: graph.color[i], alpha: !lit || lit.has(i) ? 1 : 0.25 }, (path) => outline(path, graph.type[i], ...place(camera, scene, i), scene.size[i] * scale));
  }
  const doubtful = scale > 0.5 ? visible.filter((i) => graph.doubtful(i) && (!lit || lit.has(i))) : [];
  if (doubtful.length) {
    pen.fill({ color: colours.warn, outline: colours.background }, (path) => {
      for (const i of doubtful) {
        const [x, y] = place(camera, scene, i);
        outline(path, PERSON, x + scene.size[i] * scale, y - scene.size[i] * scale, 3.6);
      }
    });
  }
  for (const i of visible.filter((each) => selected.has(each))) {
    pen.stroke({ color: colours.accent, width: 2.5 }, (path) => {
      const [x, y] = place(camera, scene, i);
      const r = scene.size[i] * scale + 4.5;
      path.moveTo(x + r, y);
      path.arc(x, y, r, 0, Math.PI * 2);
    });
  }
  drawLabels(pen, scene, camera, colours, look, visible, scale);
}

/** @param {Camera} camera @param {Scene} scene @param {number} i @returns {[number, number]} */
function place(camera, scene, i) {
  const [x, y] = onScreen(camera, scene, i);
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

/** @param {Pen} pen @param {Scene} scene @param {Camera} camera @param {Colours} colours @param {Set<number> | null} litLines */
function drawLines(pen, scene, camera, colours, litLines) {
  const dense = scene.s.length > 2500;
  const thin = dense ? Math.min(1, 0.35 + camera.k * 0.5) : 1.1;
  /** @type {Map<string, {style: any, lines: number[]}>} */
  const batches = new Map();
  const most = Math.max(1, ...(scene.relation.includes(MET) ? scene.weight : [1]));
  const { k, width, height } = camera;
  for (let l = 0; l < scene.s.length; l++) {
    const isLit = litLines?.has(l) || false;
    if (litLines && !isLit && dense && l % 4) continue;
    const relation = scene.relation[l];
    const step = relation === MET ? Math.ceil((scene.weight[l] / most) * 5) : 0;
    const key = `${isLit}${relation}${step}`;
    let batch = batches.get(key);
    if (!batch) {
      const color = isLit ? colours.lit : litLines ? colours.dimLine : relation === 1 ? colours.faintLine : colours.line;
      const dash = relation === 1 ? [5, 4] : relation === 2 ? [1.5, 4] : undefined;
      const wide = relation === MET ? 0.6 + step * 0.9 : isLit ? 1.8 : thin;
      batch = { style: { color, width: wide, dash: dense && !isLit ? undefined : dash, alpha: isLit ? 1 : dense ? 0.55 : scene.s.length > 400 ? 0.75 : 1 }, lines: [] };
      batches.set(key, batch);
    }
    batch.lines.push(l);
  }
  const [dx, dy] = [width / 2 - camera.x * k, height / 2 - camera.y * k];
  for (const { style, lines } of [...batches.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, batch]) => batch)) {
    pen.stroke(style, (path) => {
      for (const l of lines) {
        const [s, t] = [scene.s[l], scene.t[l]];
        const [x1, y1] = [scene.x[s] * k + dx, scene.y[s] * k + dy];
        const [x2, y2] = [scene.x[t] * k + dx, scene.y[t] * k + dy];
        if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height)) continue;
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
      }
    });
  }
}

/** Put the names of the most important nodes where no other name stands. @param {Pen} pen @param {Scene} scene @param {Camera} camera @param {Colours} colours @param {any} look @param {number[]} visible @param {number} scale */
function drawLabels(pen, scene, camera, colours, look, visible, scale) {
  const { graph, lit, selected } = look;
  const few = scene.small || visible.length < 70;
  const rank = (/** @type {number} */ i) =>
    (selected.has(i) ? 1e6 : 0) + (lit?.has(i) ? 1e4 : 0) + scene.size[i] * (graph.type[i] === MEETING ? 0.4 : graph.type[i] === COUNTRY ? 1.5 : 1);
  let candidates = visible;
  if (lit) candidates = visible.filter((i) => lit.has(i));
  if (!few) candidates = candidates.filter((i) => graph.type[i] !== MEETING || camera.k > 0.9 || lit?.has(i));
  // A stable choice of the foremost keeps labels from flickering as the camera moves.
  candidates = candidates.map((i) => ({ i, rank: rank(i) })).sort((a, b) => b.rank - a.rank || a.i - b.i).slice(0, 420).map(({ i }) => i);
  /** @type {number[][]} */
  const taken = visible.length < 400 ? visible.map((i) => {
    const [x, y] = onScreen(camera, scene, i);
    const r = scene.size[i] * scale * 0.8;
    return [x - r, y - r, x + r, y + r, i];
  }) : [];
  let written = 0;
  for (const i of candidates) {
    if (written >= 160) break;
    const bold = selected.has(i) || graph.type[i] === COUNTRY;
    const size = graph.type[i] === MEETING ? 11 : selected.has(i) || scene.size[i] > 14 ? 13.5 : 12.5;
    const lines = wrap(cut(graph.short(i), selected.has(i) ? 80 : 52));
    const wide = Math.max(...lines.map((line) => pen.measure(line, size, bold)));
    const tall = (size * 1.24 * lines.length) / 2;
    const [x, y] = place(camera, scene, i);
    const r = Math.max(1.4, scene.size[i] * scale);
    const spots = [[x, y + r + tall + 2], [x, y - r - tall - 1], [x + (wide / 2 + r + 6), y], [x - (wide / 2 + r + 6), y]];
    const spot = (selected.has(i) ? spots.slice(0, 1) : spots).find(([cx, cy]) => {
      const box = [cx - wide / 2 - 3, cy - tall, cx + wide / 2 + 3, cy + tall];
      if (box[0] < 2 || box[2] > camera.width - 2) return selected.has(i);
      return selected.has(i) || !taken.some((other) => other[4] !== i && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    });
    if (!spot) continue;
    const [cx, cy] = spot;
    taken.push([cx - wide / 2 - 3, cy - tall, cx + wide / 2 + 3, cy + tall, -1]);
    const color = graph.type[i] === MEETING && !selected.has(i) ? colours.quiet : colours.text;
    lines.forEach((line, at) => pen.text({ color, halo: colours.background, size, bold }, line, cx, cy + (at - (lines.length - 1) / 2) * size * 1.24));
    written++;
  }
}

/** @param {string} text @param {number} most */
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Long names stand in two lines, parted near their middle. @param {string} text */
function wrap(text) {
  if (text.length <= 26) return [text];
  const gaps = [...text.matchAll(/ /g)].map(({ index }) => index);
  const middle = gaps.sort((a, b) => Math.abs(a - text.length / 2) - Math.abs(b - text.length / 2))[0];
  return middle === undefined ? [text] : [text.slice(0, middle), text.slice(middle + 1)];
}

/** @type {Map<string, number>} */
const widths = new Map();

/** The pen of a canvas. @param {CanvasRenderingContext2D} context @returns {Pen} */
export function canvasPen(context) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const font = (/** @type {number} */ size, /** @type {boolean} */ bold) => (context.font = `${bold ? 600 : 400} ${size}px ${FONT}`);
  return {
    stroke(style, draw) {
      context.globalAlpha = style.alpha ?? 1;
      context.strokeStyle = style.color;
      context.lineWidth = style.width;
      context.setLineDash(style.dash || []);
      let moves = 0;
      context.beginPath();
      draw({
        // One path of 50,000 lines takes a rasterizer seconds, many short ones do not.
        moveTo(x, y) {
          if (++moves % 48 === 0) {
            context.stroke();
            context.beginPath();
          }
          context.moveTo(x, y);
        },
        lineTo: (x, y) => context.lineTo(x, y),
        arc: (x, y, r, from, to) => context.arc(x, y, r, from, to),
        closePath: () => context.closePath(),
      });
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    },
    fill(style, draw) {
      context.globalAlpha = style.alpha ?? 1;
      context.fillStyle = style.color;
      let moves = 0;
      const paint = () => {
        if (style.outline) {
          context.strokeStyle = style.outline;
          context.lineWidth = 2;
          context.stroke();
        }
        context.fill();
        context.beginPath();
      };
      context.beginPath();
      draw({
        moveTo(x, y) {
          if (++moves % 64 === 0) paint();
          context.moveTo(x, y);
        },
        lineTo: (x, y) => context.lineTo(x, y),
        arc: (x, y, r, from, to) => context.arc(x, y, r, from, to),
        closePath: () => context.closePath(),
      });
      paint();
      context.globalAlpha = 1;
    },
    text(style, text, x, y) {
      font(style.size, style.bold);
      context.direction = /[\u0590-\u08ff]/.test(text) ? "rtl" : rightToLeft() && !/[a-z]/i.test(text) ? "rtl" : "ltr";
      context.strokeStyle = style.halo;
      context.lineWidth = 3.5;
      context.strokeText(text, x, y);
      context.fillStyle = style.color;
      context.fillText(text, x, y);
    },
    measure(text, size, bold) {
      const key = `${size}${bold}${text}`;
      let wide = widths.get(key);
      if (wide === undefined) {
        font(size, bold);
        wide = context.measureText(text).width;
        if (widths.size > 20000) widths.clear();
        widths.set(key, wide);
      }
      return wide;
    },
  };
}
