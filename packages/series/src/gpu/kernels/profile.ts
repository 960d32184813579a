import type { GpuProgram } from '../gpu-session.ts';
import { WORKGROUP } from './point-kernel.ts';

/** Pairs along a diagonal that one thread walks. The covariance is begun anew with each: rounding has no time to grow. */
export const SEGMENT = 128;

/**
 * How much 32 bits may be wrong in the difference of two correlations. Pairs this near to the best are looked at again with 64.
 * Measured: 1.3e-6 at most on walks, noise, waves, steps, and spikes of up to 100,000 times the spread.
 */
export const NEAR_BEST = 5e-5;

/** A correlation is kept as the bits of itself plus this: positive floats order as whole numbers do. */
export const KEY_OFFSET = 2;

const WALK = /* wgsl */ `
struct Task { window: u32, exclusion: u32, windows: u32, segment: u32, capacity: u32 }
struct Head { windows: u32, points: u32, count: u32, unused: u32 }
@group(0) @binding(0) var<uniform> task: Task;
@group(0) @binding(1) var<storage, read> heads: array<Head>;
// Of each window: shares in the change of a covariance, one over the deviation or 0 where it is not compared.
@group(0) @binding(2) var<storage, read> edges: array<vec4f>;
// Values and means of windows, in two parts.
@group(0) @binding(3) var<storage, read> points: array<vec2f>;
@group(0) @binding(4) var<storage, read> means: array<vec2f>;

fn covariance(head: Head, i: u32, j: u32) -> f32 {
  let mean_i = means[head.windows + i];
  let mean_j = means[head.windows + j];
  var sum = 0.0;
  for (var k = 0u; k < task.window; k++) {
    let a = points[head.points + i + k] - mean_i;
    let b = points[head.points + j + k] - mean_j;
    sum += (a.x + a.y) * (b.x + b.y);
  }
  return sum / f32(task.window);
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let head = heads[id.z];
  let g = id.x + task.exclusion + 1u;
  let start = (id.y + task.segment) * ${SEGMENT}u;
  if (g >= head.count || start >= head.count - g) { return; }
  let end = min(start + ${SEGMENT}u, head.count - g);
  var sum = 0.0;
  // The least precise unit since the covariance was begun; 0: it is not begun.
  var unit = 0.0;
  for (var i = start; i < end; i++) {
    let a = edges[head.windows + i];
    let b = edges[head.windows + i + g];
    sum += a.x * b.x - a.y * b.y;
    let inverse = a.z * b.z;
    if (inverse == 0.0) {
      unit = 0.0;
      continue;
    }
    // Windows of small spread behind windows of large: what rounding left of those would be large here.
    if (inverse > 4.0 * unit) {
      sum = covariance(head, i, i + g);
      unit = inverse;
    } else {
      unit = min(unit, inverse);
    }
    offer(head.windows + i, head.windows + i + g, clamp(sum * inverse, -1.0, 1.0) + ${KEY_OFFSET}.0);
  }
}
`;

/** First walk: the largest correlation of each window with an earlier one, then with a later one. */
export const bestCorrelations: GpuProgram = {
  bindings: ['uniform', ...new Array(4).fill('read-only-storage'), 'storage'],
  code: /* wgsl */ `${WALK}
@group(0) @binding(5) var<storage, read_write> best: array<atomic<u32>>;
fn offer(i: u32, j: u32, value: f32) {
  let key = bitcast<u32>(value);
  // Most pairs change nothing: reading is cheaper than writing.
  if (key > atomicLoad(&best[j])) { atomicMax(&best[j], key); }
  if (key > atomicLoad(&best[task.windows + i])) { atomicMax(&best[task.windows + i], key); }
}`,
};

/** Second walk: the pairs that may be a window's best. The buffer holds their number, nothing, then the pairs. */
export const nearBestPairs: GpuProgram = {
  bindings: ['uniform', ...new Array(5).fill('read-only-storage'), 'storage'],
  code: /* wgsl */ `${WALK}
struct Pairs { count: atomic<u32>, unused: u32, pairs: array<vec2u> }
@group(0) @binding(5) var<storage, read> best: array<f32>;
@group(0) @binding(6) var<storage, read_write> found: Pairs;
fn offer(i: u32, j: u32, value: f32) {
  let enough = value + ${NEAR_BEST};
  if (enough < best[j] && enough < best[task.windows + i]) { return; }
  let place = atomicAdd(&found.count, 1u);
  if (place < task.capacity) { found.pairs[place] = vec2u(i, j); }
}`,
};
