/** A layout for a few hundred nodes, made when it is asked for: the same question, the same picture. */

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
// Labels are wide: neighbours stand further apart sideways than up and down.
const WIDE = 1.45;

/**
 * Place `count` nodes by forces.
 * @param {number} count
 * @param {[number, number, number][]} links source, target, pull
 * @param {{rings?: number[], gap?: number, size?: number[]}} [how] how many steps from the middle each node is (0 stays there), and how large
 * @returns {{x: Float64Array, y: Float64Array}}
 */
export function settle(count, links, { rings, gap = 90, size = [] } = {}) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const far = rings ? rings[i] * 1.6 + (i / count) * 0.3 : Math.sqrt(i + 0.5) * 0.9;
    x[i] = Math.cos(i * GOLDEN) * far;
    y[i] = Math.sin(i * GOLDEN) * far;
  }
  const degree = new Float64Array(count).fill(1);
  for (const [a, b] of links) {
    degree[a]++;
    degree[b]++;
  }
  const rounds = count > 250 ? 140 : 320;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const [ax, ay] = [x[i] - x[j], y[i] - y[j]];
        const push = Math.sqrt(degree[i] * degree[j]) / (ax * ax + ay * ay + 0.02);
        dx[i] += ax * push;
        dy[i] += ay * push;
        dx[j] -= ax * push;
        dy[j] -= ay * push;
      }
    }
    for (const [a, b, pull] of links) {
      const [ax, ay] = [x[a] - x[b], y[a] - y[b]];
      const much = pull * Math.sqrt(ax * ax + ay * ay) * 0.6;
      dx[a] -= ax * much;
      dy[a] -= ay * much;
      dx[b] += ax * much;
      dy[b] += ay * much;
    }
    const heat = 0.35 * Math.sqrt(count) * (1 - round / rounds) ** 1.5 * 0.3 + 0.002;
    for (let i = 0; i < count; i++) {
      if (rings && rings[i] === 0) continue;
      const mx = dx[i] - x[i] * 0.35;
      const my = dy[i] - y[i] * 0.35;
      const step = Math.min(heat, Math.hypot(mx, my) * 0.1) / (Math.hypot(mx, my) + 1e-9);
      x[i] += mx * step;
      y[i] += my * step;
    }
  }
  return spread(x, y, gap, size);
}

/** Scale so that most nodes have room, then push apart those that have not. @param {Float64Array} x @param {Float64Array} y @param {number} gap @param {number[]} size */
function spread(x, y, gap, size) {
  const count = x.length;
  const nearest = new Float64Array(count).fill(Infinity);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) if (i !== j) nearest[i] = Math.min(nearest[i], Math.hypot(x[i] - x[j], y[i] - y[j]));
  }
  const usual = count > 1 ? nearest.slice().sort()[Math.floor(count / 2)] : 1;
  const scale = gap / Math.max(usual, 1e-6);
  for (let i = 0; i < count; i++) {
    x[i] *= scale * WIDE;
    y[i] *= scale;
  }
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const [ax, ay] = [(x[i] - x[j]) / WIDE || 1e-3 * (i + 1), y[i] - y[j] || 1e-3 * (j + 1)];
        const far = Math.hypot(ax, ay);
        const lack = Math.max(gap * 0.62, ((size[i] || 0) + (size[j] || 0)) * 1.25 + 44) - far;
        if (lack <= 0) continue;
        const shift = (lack * 0.4) / far;
        x[i] += ax * shift * WIDE;
        x[j] -= ax * shift * WIDE;
        y[i] += ay * shift;
        y[j] -= ay * shift;
      }
    }
  }
  return { x, y };
}
