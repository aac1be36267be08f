/** The sentence that proves it, in its own language and direction, its names clickable. */

import { MARKS } from "./data.js";
import { bdi, h, icon, ltr } from "./dom.js";
import { codePoints, direction, isWeb, reveal } from "./text.js";
import { languageName, t, when } from "./words.js";

/** @typedef {import("./data.js").Graph} Graph */

/**
 * One sentence with its source.
 * @param {Graph} graph @param {number} s @param {(i: number) => void} go
 */
export function sentence(graph, s, go) {
  const { sentences } = graph.proof;
  const a = sentences.article[s];
  const spoken = sentences.language[s] || graph.articles.language[a] || "";
  return h(
    "figure",
    { class: "proof" },
    h("blockquote", { lang: spoken || false, dir: direction(spoken) }, marked(graph, s, go)),
    a >= 0 && h("figcaption", {}, source(graph, a)),
  );
}

/** @param {Graph} graph @param {number} s @param {(i: number) => void} go */
function marked(graph, s, go) {
  const { sentences, reasons } = graph.proof;
  const cut = codePoints(sentences.text[s]);
  const marks = sentences.marks[s];
  const parts = [];
  let at = 0;
  for (let m = 0; m < marks.length; m += 6) {
    const [from, to, kind, node, sure, reason] = marks.slice(m, m + 6);
    if (from < at) continue;
    parts.push(reveal(cut(at, from)));
    const why = [node >= 0 && graph.label(node), sure < 100 && `${sure} %`, reasons[reason]].filter(Boolean).join(" · ");
    const props = { class: `mark ${MARKS[kind]}`, title: why || false };
    const words = reveal(cut(from, to));
    parts.push(node >= 0 ? h("a", { ...props, href: `#node=${encodeURIComponent(graph.id[node])}`, onclick: (/** @type {Event} */ event) => {
      event.preventDefault();
      go(node);
    } }, bdi(words)) : h("span", props, bdi(words)));
    at = to;
  }
  parts.push(reveal(cut(at, Infinity)));
  return parts;
}

/** Where a sentence comes from. @param {Graph} graph @param {number} a */
export function source(graph, a) {
  const { articles, proof } = graph;
  const title = articles.title[a] || t("untitled");
  const facts = [
    articles.publisher[a] && bdi(articles.publisher[a]),
    articles.published[a] && bdi(when(articles.published[a])),
    articles.language[a] && bdi(languageName(articles.language[a])),
  ].filter(Boolean);
  const link = isWeb(articles.url[a]) && h("a", { href: articles.url[a], target: "_blank", rel: "noopener noreferrer" }, t("openArticle"), icon("out"));
  return [
    h("span", { class: "headline", lang: articles.language[a] || false, dir: direction(articles.language[a] || ""), title: proof?.sha256[a] ? `SHA-256 ${proof.sha256[a]}` : false }, reveal(title)),
    h("span", { class: "source" }, facts.flatMap((fact, place) => (place ? [" · ", fact] : [fact])), link && [facts.length ? " · " : "", link]),
  ];
}

/** A chip that leads to a node. @param {Graph} graph @param {number} i @param {(i: number) => void} go @param {string} [after] */
export function chip(graph, i, go, after) {
  return h(
    "button",
    { type: "button", class: `chip ${TYPE_NAMES[graph.type[i]]}`, onclick: () => go(i) },
    h("span", { class: "dot", "aria-hidden": "true" }),
    bdi(graph.label(i)),
    after && h("small", {}, ltr(after)),
  );
}

export const TYPE_NAMES = ["meeting", "person", "organization", "country", "other"];
