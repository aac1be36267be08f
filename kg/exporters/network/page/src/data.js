/** The graph as the page holds it: columns by number, as kg/exporters/network/payload.py writes them. */

import { clean } from "./text.js";
import { language, t, when } from "./words.js";

export const TYPES = ["meeting", "person", "organization", "country", "other"];
export const RELATIONS = ["participant", "behalf", "country", "other"];
export const KINDS = ["meeting", "visit", "call", "summit", "signing"];
export const STATUSES = ["held", "planned", "cancelled"];
export const SIDES = ["", "host", "guest"];
export const MARKS = ["person", "organization", "country", "city", "venue", "date", "topic"];
export const [MEETING, PERSON, ORGANIZATION, COUNTRY] = [0, 1, 2, 3];
const DAY = 86400000;

/** Unpack one part of the data. @param {string} id */
export async function unpack(id) {
  const text = /** @type {HTMLElement} */ (document.getElementById(id)).textContent || "";
  const bytes = await inflate(text.trim());
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Base64 and gzip to bytes. @param {string} text @returns {Promise<ArrayBuffer>} */
export function inflate(text) {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** First and last day of a date as precise as it is known, in days. @param {string} iso @returns {[number, number]} */
export function span(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const first = Date.UTC(year, (month || 1) - 1, day || 1);
  const end = day ? first + DAY : month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return [first / DAY, end / DAY - 1];
}

/** @param {number} days */
export const iso = (days) => new Date(days * DAY).toISOString().slice(0, 10);

/** Numbers from the steps between them. @param {number[]} steps */
export function walk(steps) {
  let at = 0;
  return steps.map((step) => (at += step));
}

/** Lists from their lengths and the steps from number to number. @param {[number[], number[]]} packed */
export function lists([lengths, steps]) {
  const numbers = walk(steps);
  let from = 0;
  return lengths.map((length) => numbers.slice(from, (from += length)));
}

/** Lists of numbers laid end to end: `of(i)` is the i-th. */
export class Lists {
  /** @param {number} count @param {Iterable<[number, number]>} pairs */
  constructor(count, pairs) {
    const kept = [...pairs];
    this.start = new Uint32Array(count + 1);
    for (const [key] of kept) this.start[key + 1]++;
    for (let i = 0; i < count; i++) this.start[i + 1] += this.start[i];
    const next = this.start.slice();
    this.values = new Uint32Array(kept.length);
    for (const [key, value] of kept) this.values[next[key]++] = value;
  }

  /** @param {number} key */
  of(key) {
    return this.values.subarray(this.start[key], this.start[key + 1]);
  }
}



/** What the page shows, decoded once. */
export class Graph {
  /** @type {number[][]} */
  #presents = [];

  /** @param {any} core */
  constructor(core) {
    const { nodes, edges, meetings } = core;
    this.given = /** @type {string} */ (core.title);
    this.nNodes = nodes.id.length;
    this.nEdges = edges.s.length;
    this.id = /** @type {string[]} */ (nodes.id);
    this.type = Uint8Array.from(nodes.type);
    this.x = Float32Array.from(nodes.x);
    this.y = Float32Array.from(nodes.y);
    this.labels = nodes.label;
    this.alias = nodes.alias;
    this.color = nodes.color;
    this.s = Uint32Array.from(walk(edges.s));
    this.t = Uint32Array.from(walk(edges.t));
    this.r = Uint8Array.from(edges.r);
    this.c = Uint8Array.from(edges.c);
    this.side = Uint8Array.from(edges.side);
    this.principals = /** @type {(0 | number[])[]} */ (edges.for);
    this.words = core.words;
    /** @type {[number, string, string, Record<string, string>, number][]} node, label, severity, words, whether it was not published */
    this.findings = core.findings;
    this.faulty = new Set(this.findings.map(([node]) => node));
    this.articles = core.articles;
    this.meetings = { ...meetings, node: walk(meetings.node), articles: lists(meetings.articles) };
    this.nMeetings = this.meetings.node.length;
    this.meetingOf = new Int32Array(this.nNodes).fill(-1);
    this.meetings.node.forEach((/** @type {number} */ node, /** @type {number} */ m) => (this.meetingOf[node] = m));
    this.edgesOf = new Lists(this.nNodes, this.#ends());
    this.number = new Map(this.id.map((id, i) => [id, i]));
    this.from = new Float64Array(this.nMeetings).fill(NaN);
    this.to = new Float64Array(this.nMeetings).fill(NaN);
    /** @type {number[][]} */
    this.partyEdges = Array.from({ length: this.nMeetings }, () => []);
    /** @type {string[][]} */
    this.sources = [];
    /** @type {string[][]} */
    this.tongues = [];
    /** @type {number[][]} Countries of a meeting: where it was and who was represented. */
    this.countriesOf = [];
    this.#readMeetings();
    this.degree = new Uint32Array(this.nNodes);
    for (let e = 0; e < this.nEdges; e++) {
      if (this.r[e] === 2) continue;
      this.degree[this.s[e]]++;
      this.degree[this.t[e]]++;
    }
    /** @type {any} What articles say, word for word; null until it is unpacked. */
    this.proof = null;
  }

  /** What the page is of. */
  get title() {
    return this.given || t("title");
  }

  *#ends() {
    for (let e = 0; e < this.nEdges; e++) {
      yield /** @type {[number, number]} */ ([this.s[e], e]);
      if (this.t[e] !== this.s[e]) yield /** @type {[number, number]} */ ([this.t[e], e]);
    }
  }

  #readMeetings() {
    const { meetings, nMeetings } = this;
    for (let m = 0; m < nMeetings; m++) {
      if (meetings.date[m]) [this.from[m], this.to[m]] = span(meetings.date[m]);
    }
    for (let e = 0; e < this.nEdges; e++) {
      const m = this.meetingOf[this.t[e]];
      if (this.r[e] === 0 && m >= 0) this.partyEdges[m].push(e);
    }
    const publishers = this.articles.publisher.map((/** @type {any} */ each) => each || "");
    const all = (/** @type {number[]} */ list, /** @type {string[]} */ column) => [...new Set(list.map((a) => column[a]))];
    this.sources = meetings.articles.map((/** @type {number[]} */ list) => all(list, publishers));
    this.tongues = meetings.articles.map((/** @type {number[]} */ list) => all(list, this.articles.language));
    this.countriesOf = meetings.node.map((/** @type {number} */ _, /** @type {number} */ m) => {
      const found = new Set(meetings.country[m] >= 0 ? [meetings.country[m]] : []);
      for (const member of this.present(m)) if (this.type[member] === COUNTRY) found.add(member);
      return [...found];
    });
  }

  /** Take in what articles say, word for word. @param {any} proof */
  take(proof) {
    const { sentences, statements } = proof;
    this.proof = {
      ...proof,
      sentences: { ...sentences, article: walk(sentences.article) },
      meetings: lists(proof.meetings),
      statements: { ...statements, meeting: walk(statements.meeting), evidence: lists(statements.evidence) },
    };
  }

  /** The sentences that prove an edge. @param {number} e @returns {number[]} */
  proofOf(e) {
    const { proof } = this;
    if (!proof) return [];
    const own = proof.edges[e];
    const ofMeeting = (/** @type {number} */ node) => proof.meetings[this.meetingOf[node]] || [];
    if (this.r[e] === 2) return ofMeeting(this.s[e]);
    if (this.r[e] === 1) {
      const [agent, principal] = [this.s[e], this.t[e]];
      const spoken = [...this.edgesOf.of(agent)].filter((each) => this.r[each] === 0 && (this.principals[each] || []).includes(principal));
      return [...new Set(spoken.flatMap((each) => this.proofOf(each)))];
    }
    if (this.r[e] !== 0 || this.meetingOf[this.t[e]] < 0) return own;
    const all = ofMeeting(this.t[e]);
    return own.length ? own.map((/** @type {number} */ number) => number + (all[0] || 0)) : all;
  }

  /** One party of a meeting: who took part, then for whom. @param {number} e */
  party(e) {
    return [this.s[e], ...(this.principals[e] || [])];
  }

  /** All who took part in a meeting or were represented. @param {number} m @returns {number[]} */
  present(m) {
    return (this.#presents[m] ??= [...new Set(this.partyEdges[m].flatMap((e) => this.party(e)))]);
  }

  /** Meetings at which each node was present, itself or by others: built on first use. */
  get meetingsOf() {
    const pairs = [];
    for (let m = 0; m < this.nMeetings; m++) for (const node of this.present(m)) pairs.push(/** @type {[number, number]} */ ([node, m]));
    const lists = new Lists(this.nNodes, pairs);
    Object.defineProperty(this, "meetingsOf", { value: lists });
    return lists;
  }

  /** The other end of an edge. @param {number} e @param {number} i */
  other(e, i) {
    return this.s[e] === i ? this.t[e] : this.s[e];
  }

  /** A label in the reader's language, else as written. @param {number} i */
  label(i) {
    return clean(this.labels[language()]?.[i] || this.labels[""][i]);
  }

  /** Every label and spelling of a node. @param {number} i @returns {string[]} */
  spellings(i) {
    const found = Object.values(this.labels).map((column) => column[i]).filter(Boolean);
    return [...new Set([...found, ...(this.alias[i] || [])].map(clean))];
  }

  /** A concept or place in the reader's language. @param {number} w */
  word(w) {
    if (w < 0) return "";
    const { words } = this;
    return clean(words[language()]?.[w] || words.en?.[w] || words.fr?.[w] || words.ar?.[w] || words.id[w].split("/").pop().replace(/-/g, " "));
  }

  /** Whether articles disagree about a node, or a shape finds fault with it. @param {number} i */
  doubtful(i) {
    return this.faulty.has(i) || (this.meetingOf[i] >= 0 && this.meetingOf[i] in this.meetings.differ);
  }

  /** Where a meeting was, in few words. @param {number} m */
  where(m) {
    const country = this.meetings.country[m];
    const city = this.word(this.meetings.city[m]);
    return [city, country >= 0 && this.label(country) !== city && this.label(country)].filter(Boolean).join(t("comma"));
  }

  /** What a node is called on the drawing. @param {number} i */
  short(i) {
    const m = this.meetingOf[i];
    if (m < 0) return this.label(i);
    const place = this.word(this.meetings.city[m]) || t(`kind.${KINDS[this.meetings.kind[m]]}`);
    const date = this.meetings.date[m] ? when(this.meetings.date[m]) : t("undated").toLowerCase();
    // Each part keeps its own direction, or "Baghdad, 23" would run together in an Arabic line.
    return `\u2068${place}\u2069${t("comma")}\u2068${date}\u2069`;
  }
}
