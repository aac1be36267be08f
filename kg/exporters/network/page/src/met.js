/** Who met whom: two parties of one meeting met; those whom one person speaks for did not meet each other. */

import { COUNTRY, MEETING } from "./data.js";

/** @typedef {import("./data.js").Graph} Graph */
/** @typedef {import("./filter.js").Filtered} Filtered */

// A summit of sixty makes 1,770 pairs, and says little of any.
const MANY = 24;

/** Give all (one, other) who met at a meeting. @param {Graph} graph @param {number} m @param {(i: number) => boolean} counts @param {(a: number, b: number) => void} met @param {boolean} [inPerson] leave out for whom they came */
export function eachPair(graph, m, counts, met, inPerson = false) {
  const edges = graph.partyEdges[m];
  if (edges.length > MANY) return;
  const parties = edges.map((e) => (inPerson ? [graph.s[e]] : graph.party(e)).filter(counts));
  /** @type {Set<number>} */
  const seen = new Set();
  for (let p = 0; p < parties.length; p++) {
    for (let q = p + 1; q < parties.length; q++) {
      for (const a of parties[p]) {
        if (parties[q].includes(a)) continue;
        for (const b of parties[q]) {
          if (parties[p].includes(b)) continue;
          const key = Math.min(a, b) * graph.nNodes + Math.max(a, b);
          if (seen.has(key)) continue;
          seen.add(key);
          met(Math.min(a, b), Math.max(a, b));
        }
      }
    }
  }
}

/**
 * Count meetings of all pairs among the nodes that count.
 * @param {Filtered} filtered @param {(i: number) => boolean} counts @param {boolean} [inPerson]
 * @returns {Map<number, number>} by a * nNodes + b, a < b
 */
export function pairs(filtered, counts, inPerson = false) {
  const { graph } = filtered;
  const found = new Map();
  for (const m of filtered.passing) {
    eachPair(graph, m, counts, (a, b) => {
      const key = a * graph.nNodes + b;
      found.set(key, (found.get(key) || 0) + 1);
    }, inPerson);
  }
  return found;
}

/** Meetings that pass and at which both were present. @param {Filtered} filtered @param {number} a @param {number} b */
export function shared(filtered, a, b) {
  const { graph } = filtered;
  const ofB = new Set(graph.meetingsOf.of(b));
  return [...graph.meetingsOf.of(a)].filter((m) => ofB.has(m) && filtered.meeting[m]);
}

/** Whom a node met, most often first: countries meet countries, all else who came in person or as an organization. @param {Filtered} filtered @param {number} i @returns {[number, number][]} */
export function metBy(filtered, i) {
  const { graph } = filtered;
  const isCountry = graph.type[i] === COUNTRY;
  const counts = (/** @type {number} */ node) => node === i || (isCountry ? graph.type[node] === COUNTRY : graph.type[node] !== COUNTRY);
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const m of graph.meetingsOf.of(i)) {
    if (!filtered.meeting[m]) continue;
    eachPair(graph, m, counts, (a, b) => {
      const other = a === i ? b : b === i ? a : -1;
      if (other >= 0) found.set(other, (found.get(other) || 0) + 1);
    });
  }
  return [...found].sort((one, two) => two[1] - one[1] || one[0] - two[0]);
}

/** The nodes present at most meetings that pass. @param {Filtered} filtered @param {(i: number) => boolean} counts @param {number} most @returns {[number, number][]} */
export function busiest(filtered, counts, most) {
  const { graph } = filtered;
  const found = new Uint32Array(graph.nNodes);
  for (const m of filtered.passing) for (const i of graph.present(m)) found[i]++;
  const kept = [...found.keys()].filter((i) => found[i] && graph.type[i] !== MEETING && counts(i));
  kept.sort((a, b) => found[b] - found[a] || a - b);
  return kept.slice(0, most).map((i) => [i, found[i]]);
}
