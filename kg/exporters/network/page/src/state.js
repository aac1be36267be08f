/** What the reader has chosen; the part after # in the address says it, so that a link restores it. */

/** @typedef {import("./data.js").Graph} Graph */
/**
 * @typedef {{node: number} | {edge: number} | {pair: [number, number]}} Selection
 * @typedef {object} State
 * @property {string} view graph, timeline, map, table, matrix or sparql
 * @property {string} mode overview, whole, near1, near2 or path; "" lets the size decide
 * @property {Selection | null} selection
 * @property {Set<string>} hidden types and relations that are switched off
 * @property {Record<string, Set<string>>} only chosen values of each facet
 * @property {number} confidence in percent
 * @property {string} from first day, ISO
 * @property {string} to last day, ISO
 * @property {[number, number] | null} path
 * @property {string} rows what the rows of matrix and timeline are
 * @property {string} language
 * @property {string} theme light, dark, or "" for what the machine prefers
 */

export const FACETS = ["kind", "status", "byCountry", "topic", "source", "articleLanguage", "differ", "found"];

/** @returns {State} */
export const initial = () => ({
  view: "graph",
  mode: "",
  selection: null,
  hidden: new Set(["country-links"]),
  only: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  confidence: 0,
  from: "",
  to: "",
  path: null,
  rows: "country",
  language: "",
  theme: "",
});

/** @type {State} */
export let state = initial();

/** @type {((changed: Set<string>) => void)[]} */
const listeners = [];

/** @param {(changed: Set<string>) => void} listener */
export const onChange = (listener) => void listeners.push(listener);

/** @param {Partial<State>} patch */
export function change(patch) {
  state = { ...state, ...patch };
  const changed = new Set(Object.keys(patch));
  for (const listener of listeners) listener(changed);
}

/** A copy of a set with one member put in or taken out. @template T @param {Set<T>} set @param {T} member */
export function toggled(set, member) {
  const copy = new Set(set);
  if (!copy.delete(member)) copy.add(member);
  return copy;
}

/** Write the state for the address; what is as at first is left out. @param {Graph} graph */
export function toHash(graph) {
  const out = new URLSearchParams();
  const plain = initial();
  for (const key of /** @type {const} */ (["view", "mode", "from", "to", "rows", "language", "theme"])) {
    if (state[key] !== plain[key]) out.set(key, state[key]);
  }
  if (state.confidence) out.set("confidence", String(state.confidence));
  const hidden = [...state.hidden].sort().join(",");
  if (hidden !== [...plain.hidden].sort().join(",")) out.set("hidden", hidden);
  for (const facet of FACETS) if (state.only[facet].size) out.set(facet, [...state.only[facet]].sort().map(encodeURIComponent).join(","));
  const chosen = state.selection;
  if (chosen && "node" in chosen) out.set("node", graph.id[chosen.node]);
  if (chosen && "edge" in chosen) out.set("edge", [graph.id[graph.s[chosen.edge]], graph.id[graph.t[chosen.edge]], graph.r[chosen.edge]].join("|"));
  if (chosen && "pair" in chosen) out.set("pair", chosen.pair.map((i) => graph.id[i]).join("|"));
  if (state.path) out.set("path", state.path.map((i) => graph.id[i]).join("|"));
  return out.toString();
}

/** Read an address; what it does not say is as at first. @param {string} hash @param {Graph} graph @returns {State} */
export function fromHash(hash, graph) {
  const read = new URLSearchParams(hash.replace(/^#/, ""));
  const found = initial();
  for (const key of /** @type {const} */ (["view", "mode", "from", "to", "rows", "language", "theme"])) {
    found[key] = read.get(key) ?? found[key];
  }
  found.confidence = Number(read.get("confidence")) || 0;
  if (read.has("hidden")) found.hidden = new Set((read.get("hidden") || "").split(",").filter(Boolean));
  for (const facet of FACETS) found.only[facet] = new Set((read.get(facet) || "").split(",").filter(Boolean).map(decodeURIComponent));
  const pairOf = (/** @type {string | null} */ text) => {
    const [a, b] = (text || "").split("|").map((id) => graph.number.get(id));
    return a === undefined || b === undefined ? null : /** @type {[number, number]} */ ([a, b]);
  };
  const node = graph.number.get(read.get("node") || "");
  const [source, target, relation] = (read.get("edge") || "").split("|");
  const edge = [...graph.edgesOf.of(graph.number.get(source) ?? 0)].find((e) => graph.id[graph.s[e]] === source && graph.id[graph.t[e]] === target && String(graph.r[e]) === relation);
  const pair = pairOf(read.get("pair"));
  if (node !== undefined) found.selection = { node };
  else if (pair) found.selection = { pair };
  else if (edge !== undefined) found.selection = { edge };
  found.path = pairOf(read.get("path"));
  return found;
}
