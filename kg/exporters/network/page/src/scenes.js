/** What the network view draws: all that passes, the overview, a neighbourhood or a path. */

import { COUNTRY, MEETING } from "./data.js";
import { busiest, pairs } from "./met.js";
import { settle } from "./settle.js";

/** @typedef {import("./filter.js").Filtered} Filtered */

/** The relation of a line that stands for meetings of two parties. */
export const MET = 9;
export const LARGE = 1500;
const NEAR = 320;

/**
 * @typedef {object} Scene
 * @property {number[]} nodes
 * @property {Float32Array} x by node
 * @property {Float32Array} y by node
 * @property {number[]} s sources of the lines
 * @property {number[]} t
 * @property {number[]} relation
 * @property {number[]} ref edge of the graph, or -1 where a line is a pair
 * @property {number[]} weight
 * @property {Float32Array} size radius by node
 * @property {boolean} small whether every node deserves its label
 * @property {number} [left] how many nodes a limit left out
 */

/** The scene of a mode. @param {Filtered} filtered @param {string} mode @param {number} middle @param {[number, number] | null} path @returns {Scene} */
export function sceneOf(filtered, mode, middle, path) {
  if (mode === "overview") return overview(filtered);
  if (mode === "path" && path) return pathScene(filtered, path);
  if (mode.startsWith("near") && middle >= 0) return near(filtered, middle, mode === "near2" ? 2 : 1);
  return whole(filtered);
}

/** @param {Filtered} filtered @returns {Scene} */
function whole(filtered) {
  const { graph } = filtered;
  const nodes = [];
  for (let i = 0; i < graph.nNodes; i++) if (filtered.node[i]) nodes.push(i);
  const lines = visibleLines(filtered, () => true);
  return { ...lines, nodes, x: graph.x, y: graph.y, size: sizes(filtered), small: nodes.length <= 90 };
}

/** Lines between visible nodes; with meetings hidden, those who met are joined. @param {Filtered} filtered @param {(i: number) => boolean} inside */
function visibleLines(filtered, inside) {
  const { graph } = filtered;
  /** @type {Pick<Scene, "s" | "t" | "relation" | "ref" | "weight">} */
  const lines = { s: [], t: [], relation: [], ref: [], weight: [] };
  for (let e = 0; e < graph.nEdges; e++) {
    if (!filtered.edge[e] || !inside(graph.s[e]) || !inside(graph.t[e])) continue;
    push(lines, graph.s[e], graph.t[e], graph.r[e], e, 1);
  }
  if (filtered.state.hidden.has("meeting") && !filtered.state.hidden.has("participant-links")) {
    const counts = (/** @type {number} */ i) => Boolean(filtered.node[i]) && inside(i);
    for (const [key, weight] of pairs(filtered, counts, true)) push(lines, Math.floor(key / graph.nNodes), key % graph.nNodes, MET, -1, weight);
  }
  return lines;
}

/** @param {Pick<Scene, "s" | "t" | "relation" | "ref" | "weight">} lines @param {number} s @param {number} t @param {number} relation @param {number} ref @param {number} weight */
function push(lines, s, t, relation, ref, weight) {
  lines.s.push(s);
  lines.t.push(t);
  lines.relation.push(relation);
  lines.ref.push(ref);
  lines.weight.push(weight);
}

/** @param {Filtered} filtered */
function sizes({ graph }) {
  const size = new Float32Array(graph.nNodes);
  for (let i = 0; i < graph.nNodes; i++) {
    size[i] = graph.type[i] === MEETING ? 6 : Math.min(20, 7 + 1.5 * Math.sqrt(graph.degree[i]));
  }
  return size;
}

/** The countries, people and organizations that met most, joined by how often. @param {Filtered} filtered @returns {Scene} */
function overview(filtered) {
  const { graph } = filtered;
  const shown = (/** @type {number} */ i) => !filtered.state.hidden.has(["meeting", "person", "organization", "country", "other"][graph.type[i]]);
  const countries = busiest(filtered, (i) => graph.type[i] === COUNTRY && shown(i), 36);
  const others = busiest(filtered, (i) => graph.type[i] !== COUNTRY && shown(i), 60 - Math.min(30, countries.length));
  const counted = new Map([...countries, ...others]);
  const nodes = [...counted.keys()];
  /** @type {Pick<Scene, "s" | "t" | "relation" | "ref" | "weight">} */
  const lines = { s: [], t: [], relation: [], ref: [], weight: [] };
  for (const alike of [countries, others]) {
    const members = new Set(alike.map(([i]) => i));
    const ranked = [...pairs(filtered, (i) => members.has(i))].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    /** @type {Map<number, number>} */
    const held = new Map();
    for (const [key, weight] of ranked) {
      const [a, b] = [Math.floor(key / graph.nNodes), key % graph.nNodes];
      // The strongest few of each node: enough to see who is close, too few for a hairball.
      if ((held.get(a) || 0) >= 3 && (held.get(b) || 0) >= 3) continue;
      held.set(a, (held.get(a) || 0) + 1);
      held.set(b, (held.get(b) || 0) + 1);
      push(lines, a, b, MET, -1, weight);
    }
  }
  const inside = new Set(nodes);
  for (let e = 0; e < graph.nEdges; e++) {
    if (graph.r[e] === 1 && filtered.edge[e] && inside.has(graph.s[e]) && inside.has(graph.t[e])) push(lines, graph.s[e], graph.t[e], 1, e, 0.5);
  }
  const size = new Float32Array(graph.nNodes);
  const most = Math.max(1, ...counted.values());
  for (const [i, count] of counted) size[i] = 7 + 19 * Math.sqrt(count / most);
  return { ...laid(graph.nNodes, nodes, lines, undefined, 100, size), size, small: true };
}

/** All within some steps of a node, laid out around it. @param {Filtered} filtered @param {number} middle @param {number} steps @returns {Scene} */
function near(filtered, middle, steps) {
  const { graph } = filtered;
  const ring = new Map([[middle, 0]]);
  let edgeOfKnown = [middle];
  let left = 0;
  // From a person or a country the meetings alone say little: one step reaches through them to who was there.
  const reach = steps * (graph.type[middle] === MEETING ? 1 : 2);
  for (let step = 1; step <= reach; step++) {
    const next = [];
    for (const i of edgeOfKnown) {
      const strongest = [...graph.edgesOf.of(i)].filter((e) => filtered.edge[e]);
      strongest.sort((a, b) => graph.degree[graph.other(b, i)] - graph.degree[graph.other(a, i)]);
      for (const e of strongest) {
        const other = graph.other(e, i);
        // Not through countries: everybody who speaks for France would be a neighbour.
        if (ring.has(other) || (graph.type[i] === COUNTRY && i !== middle)) continue;
        if (ring.size >= NEAR) {
          left++;
          continue;
        }
        ring.set(other, step);
        next.push(other);
      }
    }
    edgeOfKnown = next;
  }
  const nodes = [...ring.keys()];
  const lines = visibleLines(filtered, (i) => ring.has(i));
  const size = sizes(filtered);
  size[middle] = Math.max(size[middle], 14);
  return { ...laid(graph.nNodes, nodes, lines, nodes.map((i) => ring.get(i) || 0), 72, size), size, small: nodes.length <= 90, left };
}

/** One of the shortest ways from node to node, with what stands beside it left out. @param {Filtered} filtered @param {[number, number]} ends @returns {Scene} */
function pathScene(filtered, [from, to]) {
  const { graph } = filtered;
  const way = shortest(filtered, from, to);
  const nodes = way.length ? way : [from, to];
  const size = sizes(filtered);
  const x = new Float32Array(graph.nNodes);
  const y = new Float32Array(graph.nNodes);
  nodes.forEach((i, place) => {
    x[i] = place * 190;
    y[i] = place % 2 ? 46 : 0;
    size[i] = Math.max(size[i], 9);
  });
  const place = new Map(nodes.map((i, at) => [i, at]));
  const lines = visibleLines(filtered, (i) => place.has(i));
  return { ...lines, nodes, x, y, size, small: true };
}

/** @param {Filtered} filtered @param {number} from @param {number} to @returns {number[]} */
export function shortest(filtered, from, to) {
  const { graph } = filtered;
  const before = new Int32Array(graph.nNodes).fill(-1);
  before[from] = from;
  let edgeOfKnown = [from];
  while (edgeOfKnown.length && before[to] < 0) {
    const next = [];
    for (const i of edgeOfKnown) {
      if (graph.type[i] === COUNTRY && i !== from) continue;
      for (const e of graph.edgesOf.of(i)) {
        const other = graph.other(e, i);
        if (!filtered.edge[e] || before[other] >= 0) continue;
        before[other] = i;
        next.push(other);
      }
    }
    edgeOfKnown = next;
  }
  if (before[to] < 0) return [];
  const way = [to];
  while (way[0] !== from) way.unshift(before[way[0]]);
  return way;
}

/** @param {number} nNodes @param {number[]} nodes @param {Pick<Scene, "s" | "t" | "relation" | "ref" | "weight">} lines @param {number[] | undefined} rings @param {number} gap @param {Float32Array} size */
function laid(nNodes, nodes, lines, rings, gap, size) {
  const place = new Map(nodes.map((i, at) => [i, at]));
  const most = Math.max(1, ...lines.weight);
  const links = lines.s.map((s, l) => /** @type {[number, number, number]} */ ([Number(place.get(s)), Number(place.get(lines.t[l])), lines.relation[l] === 1 ? 0.6 : 0.15 + 0.45 * (lines.weight[l] / most)]));
  const at = settle(nodes.length, links, { rings, gap, size: nodes.map((i) => size[i]) });
  const x = new Float32Array(nNodes);
  const y = new Float32Array(nNodes);
  nodes.forEach((i, k) => {
    x[i] = at.x[k];
    y[i] = at.y[k];
  });
  return { ...lines, nodes, x, y };
}
