/** The keyboard: everything the pointer can do to the network. */

import { TYPES } from "./data.js";
import { change, state, toggled } from "./state.js";

const ARROWS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });

/** @param {() => any} current the page of the moment */
export function listenToKeys(current) {
  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, [contenteditable], dialog")) return;
    if (press(event.key, current(), target)) event.preventDefault();
  });
}

/** @param {string} key @param {any} page @param {HTMLElement} target */
function press(key, page, target) {
  const { stage, search, frame } = page;
  const node = state.selection && "node" in state.selection ? state.selection.node : -1;
  if (key === "/") search.input.focus();
  else if (key === "Escape") {
    if (frame.root.classList.contains("with-rail")) frame.root.classList.remove("with-rail");
    else if (state.selection) change({ selection: null });
    else change({ mode: "", path: null });
  } else if (key === "f") {
    stage.fit();
    stage.paint();
  } else if (key === "t") change({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" });
  else if (key === "+" || key === "=") stage.zoom(1.3);
  else if (key === "-") stage.zoom(1 / 1.3);
  else if (key === "n" && node >= 0) change({ mode: state.mode === "near1" ? "near2" : state.mode === "near2" ? "" : "near1" });
  else if (key === "v") change({ view: frame.names[(frame.names.indexOf(state.view) + 1) % frame.names.length] });
  else if (/^[1-4]$/.test(key)) change({ hidden: toggled(state.hidden, TYPES[Number(key) - 1]) });
  else if (key in ARROWS && (target === stage.canvas || target === document.body) && state.view === "graph") walk(page, node, ARROWS[key]);
  else return false;
  return true;
}

/** @param {any} page @param {number} node @param {[number, number]} way */
function walk(page, node, [dx, dy]) {
  const { stage, graph } = page;
  const inScene = stage.scene.nodes.includes(node);
  const next = inScene ? stage.neighbour(node, dx, dy) : stage.scene.nodes.reduce((/** @type {number} */ a, /** @type {number} */ b) => (a < 0 || graph.degree[b] > graph.degree[a] ? b : a), -1);
  if (next >= 0) change({ selection: { node: next } });
}
