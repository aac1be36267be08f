/** Take the view away: a picture, a drawing, a table, a link. */

import { FONT, canvasPen, draw } from "./picture.js";
import { t } from "./words.js";
import { rowsOf, toCsv } from "./rows.js";

/** @param {string} how @param {any} page */
export function save(how, page) {
  const name = (page.graph.title || "network").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "network";
  if (how === "png") return png(page, name);
  if (how === "svg") return give(new Blob([drawing(page)], { type: "image/svg+xml" }), `${name}.svg`);
  if (how === "csv") return give(new Blob([toCsv(rowsOf(page.filtered))], { type: "text/csv" }), `${name}.csv`);
  if (how === "print") return print();
  return copy(page);
}

/** @param {Blob} blob @param {string} name */
export function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @param {any} page @param {string} name */
function png({ stage }, name) {
  const { width, height } = stage.camera;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(2, 2);
  context.fillStyle = stage.colours.background;
  context.fillRect(0, 0, width, height);
  draw(canvasPen(context), stage.scene, stage.camera, stage.colours, stage.look);
  canvas.toBlob((blob) => blob && give(blob, `${name}.png`));
}

/** The picture as SVG. @param {any} page */
export function drawing({ stage, graph }) {
  const { width, height } = stage.camera;
  const measure = canvasPen(/** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"))).measure;
  const { pen, parts } = svgPen(measure);
  draw(pen, stage.scene, stage.camera, stage.colours, stage.look);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escape(FONT)}"><title>${escape(graph.title)}</title><rect width="100%" height="100%" fill="${stage.colours.background}"/>${parts.join("")}</svg>`;
}

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

/** @param {(text: string, size: number, bold: boolean) => number} measure */
function svgPen(measure) {
  /** @type {string[]} */
  const parts = [];
  const shape = (/** @type {(path: any) => void} */ make) => {
    let d = "";
    const r1 = (/** @type {number} */ value) => Math.round(value * 10) / 10;
    make({
      moveTo: (/** @type {number} */ x, /** @type {number} */ y) => (d += `M${r1(x)} ${r1(y)}`),
      lineTo: (/** @type {number} */ x, /** @type {number} */ y) => (d += `L${r1(x)} ${r1(y)}`),
      arc: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => (d += `A${r1(r)} ${r1(r)} 0 1 1 ${r1(x - r)} ${r1(y)}A${r1(r)} ${r1(r)} 0 1 1 ${r1(x + r)} ${r1(y)}`),
      closePath: () => (d += "Z"),
    });
    return d;
  };
  /** @type {import("./picture.js").Pen} */
  const pen = {
    stroke: (style, make) => void parts.push(`<path d="${shape(make)}" fill="none" stroke="${style.color}" stroke-width="${style.width}"${style.dash ? ` stroke-dasharray="${style.dash}"` : ""} opacity="${style.alpha ?? 1}"/>`),
    fill: (style, make) => void parts.push(`<path d="${shape(make)}" fill="${escape(style.color)}"${style.outline ? ` stroke="${style.outline}" stroke-width="1"` : ""} opacity="${style.alpha ?? 1}"/>`),
    text: (style, text, x, y) => void parts.push(`<text x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central" font-size="${style.size}" font-weight="${style.bold ? 600 : 400}" fill="${style.color}" stroke="${style.halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">${escape(text)}</text>`),
    measure,
  };
  return { pen, parts };
}

/** @param {any} page */
async function copy({ frame }) {
  try {
    await navigator.clipboard.writeText(location.href);
    frame.say(t("copied"));
  } catch {
    frame.say(location.href);
  }
}
