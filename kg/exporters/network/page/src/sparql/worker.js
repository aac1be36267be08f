/** The store of the page, in a worker of its own: a question that never ends can be stopped. */

import { Store, initSync } from "oxigraph/web.js";

const MOST = 5000;
/** @type {Store} */
let store;

self.onmessage = ({ data }) => {
  if (data.wasm) {
    initSync({ module: data.wasm });
    store = new Store();
    store.load(data.triples, { format: "application/n-quads", lenient: true });
    return self.postMessage({ size: store.size });
  }
  const began = performance.now();
  try {
    const answer = store.query(data.query);
    self.postMessage({ id: data.id, ...table(answer), ms: performance.now() - began });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error instanceof Error ? error.message : error) });
  }
};

/** An answer as columns and rows of plain terms. @param {any} answer */
function table(answer) {
  if (typeof answer === "boolean") return { columns: ["answer"], rows: [[term({ termType: "Literal", value: String(answer), language: "" })]], all: 1 };
  const graph = answer.length && !(answer[0] instanceof Map);
  const columns = graph ? ["subject", "predicate", "object"] : [...new Set(answer.flatMap((/** @type {Map<string, any>} */ row) => [...row.keys()]))];
  const rows = answer.slice(0, MOST).map((/** @type {any} */ row) => columns.map((name) => term(graph ? row[name] : row.get(name))));
  return { columns, rows, all: answer.length };
}

/** @param {any} term */
function term(term) {
  return term ? { iri: term.termType === "NamedNode", text: term.value, language: term.language || "" } : null;
}
