/** Which meetings, nodes and edges pass the reader's filters, and how many each further choice would leave. */

import { COUNTRY, KINDS, MEETING, RELATIONS, STATUSES, TYPES, span } from "./data.js";
import { FACETS } from "./state.js";

/** @typedef {import("./data.js").Graph} Graph */
/** @typedef {import("./state.js").State} State */

/** The values of a facet for one meeting. @type {Record<string, (graph: Graph, m: number) => (string | number)[]>} */
export const VALUES = {
  kind: (graph, m) => [KINDS[graph.meetings.kind[m]]],
  status: (graph, m) => [STATUSES[graph.meetings.status[m]]],
  byCountry: (graph, m) => graph.countriesOf[m].map((i) => graph.id[i]),
  topic: (graph, m) => graph.meetings.topics[m].map((/** @type {number} */ w) => graph.words.id[w]),
  source: (graph, m) => graph.sources[m],
  articleLanguage: (graph, m) => graph.tongues[m],
  differ: (graph, m) => Object.keys(graph.meetings.differ[m] || {}),
  // What a question found: a meeting, or any who were at it.
  found: (graph, m) => [graph.meetings.node[m], ...graph.present(m)].map((i) => graph.id[i]),
};

export class Filtered {
  /** @param {Graph} graph @param {State} state */
  constructor(graph, state) {
    this.graph = graph;
    this.state = state;
    this.active = Boolean(state.from || state.to || state.confidence || FACETS.some((facet) => state.only[facet].size));
    this.meeting = new Uint8Array(graph.nMeetings);
    this.edge = new Uint8Array(graph.nEdges);
    this.node = new Uint8Array(graph.nNodes);
    this.took = new Uint8Array(graph.nEdges);
    /** @type {Uint8Array} How a meeting fails: the place of the one facet it fails by, 254 for several, 255 for none. */
    this.fails = new Uint8Array(graph.nMeetings).fill(255);
    this.#meetings();
    this.#edges();
    this.#nodes();
  }

  #meetings() {
    const { graph, state } = this;
    const [low, high] = [state.from ? span(state.from)[0] : -Infinity, state.to ? span(state.to)[1] : Infinity];
    const dated = Boolean(state.from || state.to);
    const chosen = FACETS.map((facet) => state.only[facet]);
    const places = FACETS.map((_, place) => place).filter((place) => chosen[place].size);
    for (let m = 0; m < graph.nMeetings; m++) {
      const edges = graph.partyEdges[m];
      if (state.confidence && edges.length && !edges.some((e) => graph.c[e] >= state.confidence)) this.fails[m] = 254;
      for (const place of places) {
        const values = VALUES[FACETS[place]](graph, m);
        if (!values.some((value) => chosen[place].has(String(value)))) this.fails[m] = this.fails[m] === 255 ? place : 254;
      }
      // Dates come last of the facets: the histogram counts what all but the dates let through.
      const inside = !dated || (graph.to[m] >= low && graph.from[m] <= high);
      if (!inside) this.fails[m] = this.fails[m] === 255 ? FACETS.length : 254;
      this.meeting[m] = this.fails[m] === 255 ? 1 : 0;
    }
  }

  #edges() {
    const { graph, state } = this;
    const types = TYPES.map((type) => !state.hidden.has(type));
    const relations = RELATIONS.map((relation) => !state.hidden.has(`${relation}-links`));
    /** @type {Set<number>} Who speaks for whom at a meeting that passes. */
    const spoken = new Set();
    for (let e = 0; e < graph.nEdges; e++) {
      const m = graph.r[e] === 0 ? graph.meetingOf[graph.t[e]] : -1;
      if (m < 0 || !this.meeting[m] || graph.c[e] < state.confidence) continue;
      this.took[e] = 1;
      for (const principal of graph.principals[e] || []) spoken.add(graph.s[e] * graph.nNodes + principal);
    }
    for (let e = 0; e < graph.nEdges; e++) {
      const [s, t, r] = [graph.s[e], graph.t[e], graph.r[e]];
      if (!relations[r] || !types[graph.type[s]] || !types[graph.type[t]]) continue;
      if (r === 0) this.edge[e] = this.took[e];
      else if (r === 1) this.edge[e] = spoken.has(s * graph.nNodes + t) ? 1 : 0;
      else if (r === 2) this.edge[e] = this.meeting[graph.meetingOf[s]];
      else this.edge[e] = 1;
    }
  }

  #nodes() {
    const { graph, state } = this;
    const types = TYPES.map((type) => !state.hidden.has(type));
    for (let e = 0; e < graph.nEdges; e++) {
      if (this.took[e] && types[graph.type[graph.s[e]]]) this.node[graph.s[e]] = 1;
      if (this.edge[e]) this.node[graph.s[e]] = this.node[graph.t[e]] = 1;
    }
    for (let i = 0; i < graph.nNodes; i++) {
      const type = graph.type[i];
      if (!types[type]) this.node[i] = 0;
      else if (type === MEETING) this.node[i] = this.meeting[graph.meetingOf[i]];
      else if (!this.active && type !== COUNTRY && graph.edgesOf.of(i).length === 0) this.node[i] = type === 2 ? 0 : 1;
    }
  }

  /** How many meetings each value of a facet would leave. @param {string} facet @returns {Map<string, number>} */
  counts(facet) {
    const place = FACETS.indexOf(facet);
    /** @type {Map<string, number>} */
    const found = new Map();
    for (let m = 0; m < this.graph.nMeetings; m++) {
      if (this.fails[m] !== 255 && this.fails[m] !== place) continue;
      for (const value of VALUES[facet](this.graph, m)) found.set(String(value), (found.get(String(value)) || 0) + 1);
    }
    return found;
  }

  /** Whether a meeting passes all but the dates. @param {number} m */
  butDates(m) {
    return this.fails[m] === 255 || this.fails[m] === FACETS.length;
  }

  /** Numbers of the meetings that pass. */
  get passing() {
    return [...this.meeting.keys()].filter((m) => this.meeting[m]);
  }

  /** Nodes of each type: [shown, all]. */
  get census() {
    const found = TYPES.map(() => [0, 0]);
    for (let i = 0; i < this.graph.nNodes; i++) {
      found[this.graph.type[i]][1]++;
      found[this.graph.type[i]][0] += this.node[i];
    }
    return found;
  }

  get nShown() {
    return this.node.reduce((sum, shown) => sum + shown, 0);
  }
}
