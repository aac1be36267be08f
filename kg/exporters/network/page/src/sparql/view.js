/** SPARQL in the file: the questions of the project and any other, answered here, without a server. */

import { bdi, h, icon, ltr, refill } from "../dom.js";
import { makeEditor } from "./editor.js";

const ID = "https://w3id.org/dipkg/id/";
const PREFIXES = /** @type {Record<string, string>} */ ({
  "https://w3id.org/dipkg/ontology#": "dip", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
  "http://www.w3.org/2004/02/skos/core#": "skos", "http://purl.org/dc/terms/": "dcterms", "http://www.w3.org/2002/07/owl#": "owl", "http://www.w3.org/2001/XMLSchema#": "xsd",
});
const TERMS = "SELECT ?term ?is (COUNT(*) AS ?n) { { ?s ?term ?o BIND('property' AS ?is) } UNION { ?s a ?term BIND('class' AS ?is) } } GROUP BY ?term ?is ORDER BY DESC(?n)";
const TOO_LONG = 30000;

class SparqlView {
  static offered = () => true;

  /** @param {any} graph @param {any} tell what the page lends: go, found, search, unpack, inflate, t, language */
  constructor(graph, tell) {
    Object.assign(this, { graph, tell });
    this.graph = graph;
    this.tell = tell;
    const { t } = tell;
    this.questions = /** @type {any[]} */ ([]);
    /** @type {{label: string, detail: string}[]} */
    this.terms = [];
    this.asked = 0;
    /** @type {ArrayBuffer[] | null} program, WebAssembly and triples, unpacked once */
    this.parts = null;
    this.list = h("select", { "aria-label": t("question"), onchange: () => this.#choose() });
    this.hold = h("div", { class: "editor", dir: "ltr" });
    this.said = h("span", { class: "quiet", role: "status" });
    this.show_ = h("button", { type: "button", class: "action", hidden: true, onclick: () => this.#showFound() }, icon("near"), t("showResults"));
    this.results = h("div", { class: "scroll" });
    this.root = h(
      "div",
      { class: "sparql-view" },
      h("div", { class: "view-head" }, this.list, h("button", { type: "button", class: "action run", onclick: () => this.#run() }, t("run"), h("kbd", { dir: "ltr" }, "Ctrl ⏎"))),
      this.hold,
      h("div", { class: "view-head" }, this.said, this.show_),
      this.results,
    );
    this.editor = makeEditor(this.hold, {
      terms: () => this.terms,
      names: (text) => tell.find(text).map((/** @type {number} */ i) => ({ label: graph.label(i), detail: graph.id[i], apply: `<${ID}${graph.id[i]}>` })),
      run: () => this.#run(),
    });
  }

  async show() {
    if (this.begun) return;
    this.begun = true;
    const { t, unpack, language } = this.tell;
    this.questions = await unpack("questions");
    const title = (/** @type {any} */ question) => question.words[language()] || question.words.en || question.name;
    refill(this.list, this.questions.map((question, place) => h("option", { value: place }, title(question))));
    const first = Math.max(0, this.questions.findIndex(({ name }) => name === "who-met-whom"));
    this.list.value = String(first);
    this.said.textContent = t("loading");
    await this.#start();
    this.#choose();
  }

  /** Start the store; what it needs is unpacked only now. */
  async #start() {
    const { inflate } = this.tell;
    const part = (/** @type {string} */ id) => inflate((/** @type {HTMLElement} */ (document.getElementById(id)).textContent || "").trim());
    this.parts ??= await Promise.all(["worker", "oxigraph", "triples"].map(part));
    const [program, wasm, triples] = this.parts;
    const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    /** @type {Map<number, (answer: any) => void>} */
    this.waiting = new Map();
    const started = new Promise((done) => {
      const worker = /** @type {Worker} */ (this.worker);
      worker.onerror = (event) => done({ error: event.message || "worker" });
      worker.onmessage = ({ data }) => (data.id === undefined ? done(data) : this.waiting?.get(data.id)?.(data));
      worker.postMessage({ wasm: new Uint8Array(wasm), triples: new TextDecoder().decode(triples) });
    });
    const { size, error } = await started;
    if (error) this.said.textContent = error;
    this.size = size;
    const { rows } = await this.ask(TERMS);
    this.terms = (rows || []).flatMap((/** @type {any[]} */ [term, is, count]) => {
      const label = short(term.text);
      return label === term.text ? [] : [{ label, detail: `${is.text} · ${count.text}` }];
    });
  }

  /** Ask the store; a question that takes too long is stopped. @param {string} query @returns {Promise<any>} */
  ask(query) {
    const id = ++this.asked;
    return new Promise((done) => {
      const clock = setTimeout(async () => {
        this.worker?.terminate();
        await this.#start();
        done({ error: `> ${TOO_LONG / 1000} s` });
      }, TOO_LONG);
      this.waiting?.set(id, (answer) => {
        clearTimeout(clock);
        this.waiting?.delete(id);
        done(answer);
      });
      this.worker?.postMessage({ id, query });
    });
  }

  #choose() {
    this.editor.text = this.questions[Number(this.list.value)]?.text || "";
    this.#run();
  }

  async #run() {
    const { t, n } = this.tell;
    this.said.textContent = "…";
    const answer = await this.ask(this.editor.text);
    this.said.classList.toggle("failed", Boolean(answer.error));
    this.found = new Set();
    if (answer.error) {
      this.said.textContent = answer.error;
      this.results.replaceChildren();
    } else {
      this.said.textContent = `${t("results", answer.all, Math.max(1, Math.round(answer.ms)))} · ${n(this.size || 0)} triples`;
      refill(this.results, h("table", {}, h("thead", {}, h("tr", {}, answer.columns.map((/** @type {string} */ name) => h("th", { scope: "col" }, h("span", { class: "column" }, ltr(`?${name}`)))))), h("tbody", {}, answer.rows.slice(0, 500).map((/** @type {any[]} */ row) => h("tr", {}, row.map((term) => h("td", {}, this.#cell(term))))))));
      for (const row of answer.rows) for (const term of row) if (term?.iri && this.#node(term.text) >= 0) this.found.add(this.graph.id[this.#node(term.text)]);
    }
    this.show_.hidden = !this.found.size;
  }

  /** @param {string} iri */
  #node(iri) {
    return this.graph.number.get(iri.startsWith(ID) ? iri.slice(ID.length) : iri) ?? -1;
  }

  /** @param {any} term */
  #cell(term) {
    if (!term) return "";
    if (!term.iri) return h("bdi", { lang: term.language || false }, term.text);
    const i = this.#node(term.text);
    return i >= 0 ? this.tell.chip(i) : h("code", { dir: "ltr", title: term.text }, bdi(short(term.text)));
  }

  #showFound() {
    this.tell.found([...(this.found || [])].slice(0, 400));
  }
}

/** @param {string} iri */
function short(iri) {
  if (iri.startsWith(ID)) return iri.slice(ID.length);
  const space = Object.keys(PREFIXES).find((each) => iri.startsWith(each));
  return space ? `${PREFIXES[space]}:${iri.slice(space.length)}` : iri;
}

Object.assign(window, { SparqlView });
