/** The editor of questions: colours, history, and completion from what the graph really holds. */

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const KEYWORDS = "SELECT DISTINCT WHERE OPTIONAL FILTER GRAPH UNION MINUS VALUES BIND EXISTS ORDER BY GROUP HAVING LIMIT OFFSET ASC DESC COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG CONTAINS LCASE YEAR ASK CONSTRUCT DESCRIBE PREFIX".split(" ");
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number], color: "color-mix(in srgb, var(--organization) 80%, var(--text))" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "color-mix(in srgb, var(--person) 72%, var(--text))" },
  { tag: [tags.atom, tags.special(tags.string)], color: "var(--country)" },
]);
const LOOK = EditorView.theme({
  "&": { height: "100%", fontSize: "13.5px", color: "var(--text)", background: "var(--surface)" },
  ".cm-content": { fontFamily: "ui-monospace, 'Cascadia Code', 'DejaVu Sans Mono', Menlo, monospace", caretColor: "var(--text)", padding: "10px 6px" },
  "&.cm-focused": { outline: "none" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--accent-soft) !important" },
  ".cm-tooltip": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--border)", borderRadius: "8px", boxShadow: "var(--shadow)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionDetail": { color: "var(--quiet)", fontStyle: "normal", marginInlineStart: "12px" },
});

/**
 * Make an editor; in a shadow of its own, for there its styles need no leave of the page's policy.
 * @param {HTMLElement} host
 * @param {{terms: () => {label: string, detail: string}[], names: (text: string) => {label: string, detail: string, apply: string}[], run: () => void}} from
 */
export function makeEditor(host, from) {
  const shadow = host.attachShadow({ mode: "open" });
  const complete = (/** @type {import("@codemirror/autocomplete").CompletionContext} */ context) => {
    const name = context.matchBefore(/@[^\s@]{2,}$/u);
    // "@elodie" becomes the IRI of Élodie.
    if (name) return { from: name.from, options: from.names(name.text.slice(1)), filter: false };
    const word = context.matchBefore(/[\w-]*:?[\w-]+$/);
    if (!word && !context.explicit) return null;
    const variables = [...new Set(context.state.doc.toString().match(/\?\w+/g) || [])].map((label) => ({ label, type: "variable" }));
    const keywords = KEYWORDS.map((label) => ({ label, type: "keyword", boost: -1 }));
    return { from: word ? word.from : context.pos, options: [...from.terms().map((each) => ({ ...each, type: "property" })), ...variables, ...keywords], validFor: /^[\w:-]*$/ };
  };
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({
      extensions: [
        keymap.of([{ key: "Mod-Enter", run: () => (from.run(), true) }]),
        history(), bracketMatching(), EditorView.lineWrapping, autocompletion({ override: [complete], icons: false }),
        StreamLanguage.define(sparql), syntaxHighlighting(COLOURS), LOOK,
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": "SPARQL", dir: "ltr", tabindex: "0" }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
  };
}
