/** The meetings that pass, a row each: what the table shows and CSV carries. */

import { KINDS, SIDES, STATUSES } from "./data.js";
import { t, when } from "./words.js";

export const COLUMNS = ["date", "kind", "place", "hosts", "guests", "topics", "source"];

/**
 * @typedef {{m: number, cells: string[], keys: (string | number)[]}} Row
 * @param {import("./filter.js").Filtered} filtered @returns {Row[]}
 */
export function rowsOf({ graph, passing }) {
  const { meetings } = graph;
  return passing.map((m) => {
    const names = (/** @type {number[]} */ sides) => graph.partyEdges[m].filter((e) => sides.includes(graph.side[e])).map((e) => graph.label(graph.s[e])).join("; ");
    const status = meetings.status[m] ? ` (${t(`status.${STATUSES[meetings.status[m]]}`)})` : "";
    const cells = [
      when(meetings.date[m]),
      t(`kind.${KINDS[meetings.kind[m]]}`) + status,
      graph.where(m),
      names([SIDES.indexOf("host")]),
      names([SIDES.indexOf("guest"), 0]),
      meetings.topics[m].map((/** @type {number} */ w) => graph.word(w)).join("; "),
      graph.sources[m].filter(Boolean).join("; "),
    ];
    return { m, cells, keys: [Number.isNaN(graph.from[m]) ? Infinity : graph.from[m], ...cells.slice(1)] };
  });
}

/** RFC 4180, with a mark that tells spreadsheets it is UTF-8, and no cell that one would run. @param {Row[]} rows */
export function toCsv(rows) {
  const cell = (/** @type {string} */ text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
  const lines = [COLUMNS.map((name) => t(name)), ...rows.map(({ cells }) => cells)];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
