/** Elements, built so that no text of an article can ever become markup: there is no innerHTML in this program. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {any} Child a node, a text, nothing, or a list of these */

/**
 * Make an element: `on…` are listeners, all else are attributes (false and null are left out).
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/**
 * Make an element of a drawing.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {any}
 */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** @param {Element} element @param {Record<string, any>} props @param {Child[]} children */
function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Element} element @param {Child[]} children */
export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Put these in the place of all that an element holds. @param {Element} element @param {...Child} children */
export function refill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** A name that keeps its own direction inside any sentence. @param {string} text @param {Record<string, any>} [props] */
export const bdi = (text, props = {}) => h("bdi", props, text);

/** Numbers and dates, which an Arabic line would otherwise reverse. @param {string} text */
export const ltr = (text) => h("bdi", { dir: "ltr" }, text);

const ICONS = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m5 12 4.5 4.5",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  save: "M12 4v11m-5-4 5 5 5-5M5 20h14",
  theme: "M12 4a8 8 0 1 0 8 8 6 6 0 0 1-8-8",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4m0 3.2v.3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  close: "M6 6l12 12M18 6 6 18",
  filters: "M4 6h16M7 12h10M10 18h4",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  warn: "M12 4 2.8 20h18.4L12 4m0 6v5m0 2.6v.2",
  near: "M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16",
  path: "M5 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4M19 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7 17h6a4 4 0 0 0 0-8",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}
