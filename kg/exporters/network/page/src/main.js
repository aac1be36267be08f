/** The page: unpacks the data, builds the parts, and keeps them in step with what the reader chooses. */

import { Brush } from "./brush.js";
import { Graph, inflate, unpack } from "./data.js";
import { Filtered } from "./filter.js";
import { Frame } from "./frame.js";
import { listenToKeys } from "./keys.js";
import { Panel } from "./panel.js";
import { chip } from "./proof.js";
import { Rail } from "./rail.js";
import { save } from "./save.js";
import { LARGE, sceneOf } from "./scenes.js";
import { Search } from "./search.js";
import { Stage } from "./stage.js";
import { change, fromHash, onChange, state, toHash } from "./state.js";
import { VIEWS } from "./views.js";
import { language, n, preferred, speak, t } from "./words.js";

const FILTERS = ["hidden", "only", "confidence", "from", "to"];
const COLOURS = ["meeting", "person", "organization", "country", "other", "line", "faintLine", "dimLine", "lit", "dim", "text", "quiet", "background", "accent", "warn"];

/** @param {any} core */
function start(core) {
  const graph = new Graph(core);
  change(fromHash(location.hash, graph));
  if (!state.language) change({ language: core.language || preferred() });
  speak(state.language);
  let page = build(graph);
  onChange((changed) => {
    remember(toHash(graph));
    if (changed.has("language")) {
      speak(state.language);
      page = build(graph);
      page.update(new Set(["all"]));
    } else page.update(changed);
  });
  addEventListener("hashchange", () => change(fromHash(location.hash, graph)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({ theme: state.theme }));
  page.update(new Set(["all"]));
  listenToKeys(() => page);
  Object.assign(window, { page: () => page, graph, ready: performance.now() });
  unpack("proof").then((proof) => {
    graph.take(proof);
    page.update(new Set(["selection"]));
    Object.assign(window, { proven: performance.now() });
    requestIdleCallback(() => page.search.prepare());
  });
}

/** Make all parts, in the language of the moment. @param {Graph} graph */
function build(graph) {
  const go = (/** @type {number} */ node) => {
    // Whatever hid it gives way to the reader's wish to see it.
    const hidden = new Set(state.hidden);
    hidden.delete(["meeting", "person", "organization", "country", "other"][graph.type[node]]);
    const path = choosing >= 0 && choosing !== node ? /** @type {[number, number]} */ ([choosing, node]) : null;
    choosing = -1;
    if (path) return change({ path, mode: "path", view: "graph", selection: null });
    change({ selection: { node }, ...(hidden.size === state.hidden.size ? {} : { hidden }) });
  };
  let choosing = -1;
  const stage = new Stage(graph, {
    pick: (selection) => (selection && "node" in selection ? go(selection.node) : change({ selection })),
    open: (node) => change({ selection: { node }, mode: "near1" }),
  });
  const rail = new Rail(graph);
  const panel = new Panel(graph, {
    go,
    close: () => change(state.selection ? { selection: null } : { mode: "", path: null }),
    near: (node, steps) => change({ view: "graph", selection: { node }, mode: `near${steps}`, path: null }),
    path: (node) => {
      choosing = node;
      frame.say(t("pathHint"));
    },
    pair: (a, b) => change({ selection: { pair: [a, b] } }),
  });
  const brush = new Brush(graph);
  const search = new Search(graph, go);
  /** @type {Record<string, any>} */
  const views = {};
  const tell = {
    go,
    pair: (/** @type {number} */ a, /** @type {number} */ b) => change({ selection: { pair: [a, b] } }),
    found: (/** @type {string[]} */ ids) => change({ only: { ...state.only, found: new Set(ids) }, view: "graph", mode: "" }),
    find: (/** @type {string} */ text) => search.find(text),
    chip: (/** @type {number} */ i) => chip(graph, i, go),
    unpack, inflate, t, n, language,
  };
  const { SparqlView } = /** @type {any} */ (window);
  for (const [name, View] of Object.entries({ ...VIEWS, ...(SparqlView && { sparql: SparqlView }) })) if (View.offered(graph)) views[name] = new View(graph, tell);
  const frame = new Frame(graph, { stage, rail, panel, brush, search, views, save: (/** @type {string} */ how) => save(how, page) });

  /** @type {Filtered} */
  let filtered = new Filtered(graph, state);
  let drawn = "";
  const page = {
    graph, stage, rail, panel, brush, search, frame, views,
    get filtered() {
      return filtered;
    },
    /** The mode of the network view, decided by size where the reader has not. */
    get mode() {
      if (state.mode.startsWith("near") && this.middle < 0) return "whole";
      return state.mode || (filtered.nShown > LARGE ? "overview" : "whole");
    },
    /** The node that a neighbourhood is of. */
    get middle() {
      return state.selection && "node" in state.selection ? state.selection.node : this.kept;
    },
    kept: -1,
    /** @param {Set<string>} changed */
    update(changed) {
      const all = changed.has("all");
      const filters = all || FILTERS.some((key) => changed.has(key));
      if (all || changed.has("theme")) paint();
      if (filters) {
        filtered = new Filtered(graph, state);
        rail.show(filtered);
        brush.show(filtered);
      }
      if (changed.has("selection") && !state.mode.startsWith("near")) this.kept = -1;
      if (state.selection && "node" in state.selection) this.kept = state.selection.node;
      if (filters || changed.has("selection") || changed.has("mode")) panel.show(state.selection, filtered, state.mode === "path" ? state.path : null);
      frame.show(page);
      if (state.view === "graph") this.drawGraph(filters, changed.has("theme") || all);
      else views[state.view]?.show(filtered, state);
    },
    /** @param {boolean} filters @param {boolean} fresh */
    drawGraph(filters, fresh) {
      const { mode } = this;
      const key = `${mode} ${mode.startsWith("near") ? this.middle : ""} ${mode === "path" ? state.path : ""}`;
      if (filters || key !== drawn || !stage.scene) {
        stage.show(sceneOf(filtered, mode, this.middle, state.path), key !== drawn);
        drawn = key;
      }
      light(stage, graph, state.selection, mode);
      // On a telephone the panel lies over the drawing.
      stage.covered = state.selection && getComputedStyle(panel.root).position === "fixed" ? panel.root.offsetHeight - brush.root.offsetHeight : 0;
      if (state.selection && "node" in state.selection && (!fresh || stage.covered)) stage.reveal(state.selection.node);
      stage.paint();
      frame.count(page);
    },
  };

  function paint() {
    const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const style = getComputedStyle(document.documentElement);
    stage.colour(Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])));
  }
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  app.replaceChildren(frame.root);
  return page;
}

/** Let the address say what the reader chose; in a notebook's frame there is no address to say it. @param {string} hash */
function remember(hash) {
  try {
    history.replaceState(null, "", `#${hash}`);
  } catch {
    // Nothing is lost but the link.
  }
}

/** Light what is chosen and what it is linked to; the rest steps back. @param {Stage} stage @param {Graph} graph @param {import("./state.js").Selection | null} selection @param {string} mode */
function light(stage, graph, selection, mode) {
  const { scene, look } = stage;
  look.lit = look.litLines = null;
  look.selected = new Set();
  if (!scene || !selection) return;
  const ends = "node" in selection ? [selection.node] : "pair" in selection ? selection.pair : [graph.s[selection.edge], graph.t[selection.edge]];
  look.selected = new Set(ends);
  // A neighbourhood is all of what was asked for: nothing in it steps back.
  if (!scene.nodes.includes(ends[0]) || (mode.startsWith("near") && "node" in selection)) return;
  const lit = (look.lit = new Set(ends));
  const lines = (look.litLines = new Set());
  for (let l = 0; l < scene.s.length; l++) {
    const [s, to] = [scene.s[l], scene.t[l]];
    const touches = "node" in selection ? s === ends[0] || to === ends[0] : ends.includes(s) && ends.includes(to);
    if (!touches) continue;
    lines.add(l);
    lit.add(s);
    lit.add(to);
  }
}

const tooOld = () => (/** @type {HTMLElement} */ (document.getElementById("app")).textContent = t("tooOld"));
if (typeof DecompressionStream === "undefined") tooOld();
else unpack("core").then(start);
