/** The frame around the parts: bar, rail, stage or view, panel, histogram. */

import { bdi, h, icon, refill } from "./dom.js";
import { change, state } from "./state.js";
import { LANGUAGES, t } from "./words.js";

/** @typedef {any} Page */

const MODES = ["overview", "whole", "near1", "near2"];

export class Frame {
  /** @param {import("./data.js").Graph} graph @param {any} parts */
  constructor(graph, parts) {
    this.graph = graph;
    this.parts = parts;
    const { stage, rail, panel, brush, search, views } = parts;
    this.tabs = h("div", { class: "tabs", role: "tablist" });
    this.modes = h("div", { class: "modes", role: "group", "aria-label": t("show") });
    this.counted = h("p", { class: "counted", role: "status" });
    this.live = h("div", { class: "unseen", "aria-live": "polite" });
    this.toast = h("div", { class: "toast", role: "status", hidden: true });
    this.note = h("p", { class: "scene-note" });
    this.view = h("div", { class: "view" });
    this.network = h("div", { class: "network" }, stage.root, this.modes, this.note, this.#tools(stage), this.counted);
    this.names = ["graph", ...Object.keys(views)];
    this.root = h(
      "div",
      { class: "frame" },
      h(
        "header",
        { class: "bar-top" },
        h("button", { type: "button", class: "icon-button only-small", "aria-label": t("filters"), onclick: () => this.root.classList.toggle("with-rail") }, icon("filters")),
        h("h1", {}, bdi(graph.title)),
        search.root,
        this.tabs,
        this.#settings(),
      ),
      rail.root,
      h("main", { onpointerdown: () => this.root.classList.remove("with-rail") }, this.network, this.view, this.toast),
      panel.root,
      brush.root,
      this.live,
    );
  }

  #settings() {
    const languages = h("select", { "aria-label": t("language"), onchange: (/** @type {any} */ event) => change({ language: event.target.value }) }, Object.entries(LANGUAGES).map(([code, words]) => h("option", { value: code, lang: code, selected: code === state.language }, words.name)));
    return h("div", { class: "settings" }, languages, this.#button("theme", "theme", () => change({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" })), this.#menu(), this.#help());
  }

  /** @param {string} label @param {any} sign @param {() => void} act */
  #button(label, sign, act) {
    return h("button", { type: "button", class: "icon-button", title: t(label), "aria-label": t(label), onclick: act }, icon(sign));
  }

  #menu() {
    const list = h("div", { class: "menu", popover: "auto", id: "save-menu" }, ["png", "svg", "csv", "print", "copyLink"].map((how) => h("button", { type: "button", onclick: () => {
      list.hidePopover?.();
      this.parts.save(how);
    } }, t(how))));
    return [h("button", { type: "button", class: "icon-button", popovertarget: "save-menu", title: t("save"), "aria-label": t("save") }, icon("save")), list];
  }

  #help() {
    const keys = [["/", "k.search"], ["← ↑ → ↓", "k.arrows"], ["Esc", "k.esc"], ["+ −", "k.zoom"], ["f", "k.fit"], ["n", "k.near"], ["1 – 4", "k.types"], ["v", "k.views"], ["t", "k.theme"]];
    const dialog = h("dialog", { class: "help", "aria-label": t("help") }, h("h2", {}, t("keys")), h("dl", { class: "facts" }, keys.flatMap(([key, name]) => [h("dt", {}, h("kbd", { dir: "ltr" }, key)), h("dd", {}, t(name))])), h("form", { method: "dialog" }, h("button", { type: "submit", class: "action" }, t("close"))));
    return [this.#button("help", "help", () => dialog.showModal()), dialog];
  }

  /** @param {any} stage */
  #tools(stage) {
    return h("div", { class: "tools" }, this.#button("zoomIn", "plus", () => stage.zoom(1.4)), this.#button("zoomOut", "minus", () => stage.zoom(1 / 1.4)), this.#button("fit", "fit", () => {
      stage.fit();
      stage.paint();
    }));
  }

  /** @param {Page} page */
  show(page) {
    const { view } = state;
    this.root.dataset.view = view;
    this.root.classList.toggle("with-panel", Boolean(state.selection));
    refill(this.tabs, this.names.map((name) => h("button", { type: "button", role: "tab", "aria-selected": String(name === view), onclick: () => change({ view: name }) }, t(name))));
    this.network.hidden = view !== "graph";
    this.view.hidden = view === "graph";
    const shown = this.parts.views[view]?.root;
    if (shown && this.view.firstChild !== shown) this.view.replaceChildren(shown);
    const modes = state.path ? [...MODES, "path"] : MODES;
    refill(this.modes, modes.map((mode) => {
      const needs = mode.startsWith("near") && page.middle < 0;
      return h("button", { type: "button", "aria-pressed": String(page.mode === mode), disabled: needs, onclick: () => change(mode === "path" ? { mode } : { mode, path: null }) }, t(mode === "path" ? "pathFrom" : mode));
    }));
    const chosen = state.selection;
    if (chosen && "node" in chosen) this.live.textContent = t("selected", page.graph.label(chosen.node));
  }

  /** @param {Page} page */
  count(page) {
    const { scene } = page.stage;
    const { mode, graph } = page;
    this.counted.textContent = t("shown", scene.nodes.length, graph.nNodes, scene.s.length);
    const note = !scene.nodes.length ? t("nothing") : mode === "overview" ? t("overviewNote", scene.nodes.length) : mode === "path" ? (scene.s.length ? t("pathOf", scene.nodes.length - 1) : t("noPath")) : scene.left ? t("more", scene.left) : "";
    this.note.textContent = note;
    this.note.hidden = !note;
  }

  /** Say something that goes by itself. @param {string} text */
  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.going);
    this.going = setTimeout(() => (this.toast.hidden = true), 4000);
  }
}

