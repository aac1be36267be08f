/** Draws src/world.json from Natural Earth: the land, projected once, and where each country's name would stand. */

import { readFileSync, writeFileSync } from "node:fs";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";

const read = (file) => JSON.parse(readFileSync(`node_modules/world-atlas/${file}`, "utf8"));
const SCALE = 180;

/** The Natural Earth projection, by the polynomial its authors published. */
function project([longitude, latitude]) {
  const [l, p] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  const p2 = p * p;
  const p4 = p2 * p2;
  const x = l * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
  const y = p * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
  return [Math.round((x + 2.8) * SCALE), Math.round((1.45 - y) * SCALE)];
}

const rings = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function area(ring) {
  return ring.reduce((sum, [x, y], at) => {
    const [nx, ny] = ring[(at + 1) % ring.length];
    return sum + x * ny - nx * y;
  }, 0) / 2;
}

function middle(ring) {
  const whole = area(ring);
  let [cx, cy] = [0, 0];
  ring.forEach(([x, y], at) => {
    const [nx, ny] = ring[(at + 1) % ring.length];
    cx += (x + nx) * (x * ny - nx * y);
    cy += (y + ny) * (x * ny - nx * y);
  });
  return whole ? [cx / (6 * whole), cy / (6 * whole)] : ring[0];
}

const atlas = read("land-110m.json");
const land = rings(feature(atlas, atlas.objects.land).features?.[0]?.geometry ?? feature(atlas, atlas.objects.land).geometry)
  .filter(([outer]) => Math.max(...outer.map(([, latitude]) => latitude)) > -59)
  .map((polygon) => polygon.flatMap(pieces).map(path).join(""))
  .join("");

/** A ring that crosses the edge of the map is cut there, or a line would run across the whole world. */
function pieces(ring) {
  const jump = (at) => Math.abs(ring[at][0] - ring[(at + 1) % ring.length][0]) > 180;
  const first = ring.findIndex((_, at) => jump(at));
  if (first < 0) return [ring];
  const turned = [...ring.slice(first + 1), ...ring.slice(0, first + 1)];
  const parts = [[]];
  turned.forEach((point, at) => {
    parts.at(-1).push(point);
    if (at < turned.length - 1 && Math.abs(point[0] - turned[at + 1][0]) > 180) parts.push([]);
  });
  return parts;
}

function path(ring) {
  let [bx, by] = [NaN, NaN];
  const steps = ring.map(project).filter(([x, y]) => x !== bx || y !== by ? (([bx, by] = [x, y]), true) : false);
  return steps.map(([x, y], at) => (at ? `l${x - steps[at - 1][0]} ${y - steps[at - 1][1]}` : `M${x} ${y}`)).join("") + "z";
}

const fine = read("countries-50m.json");
const points = {};
for (const { id, geometry } of feature(fine, fine.objects.countries).features) {
  const code = id && countries.numericToAlpha2(id);
  if (!code || !geometry) continue;
  const largest = rings(geometry).map(([outer]) => outer).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
  points[code] = project(middle(largest));
}
const sorted = Object.fromEntries(Object.entries(points).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("src/world.json", `${JSON.stringify({ land, points: sorted })}\n`);
