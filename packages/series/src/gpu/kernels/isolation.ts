import { pointProgram } from './point-kernel.ts';

/** Numbers of a node in the table: its column or LEAF, the threshold in two parts, and where its children lie. */
export const NODE = 4;
/** Instead of a column; the first part is then the path length. */
export const LEAF = 0xffffffff;
/** Numbers of a series in the head of the table: its first point, where its roots lie, trees · unit. */
export const HEAD = 3;

/**
 * own: number of series, lags. Column: score in the forest of its series.
 * The table: a head for each series, the places of its roots, the nodes; children lie side by side.
 */
export const isolationScore = pointProgram(/* wgsl */ `
// The last series that begins at the point or before.
fn series_of(at: u32) -> u32 {
  var low = 0u;
  var high = task.own.x - 1u;
  while (low < high) {
    let middle = (low + high + 1u) / 2u;
    if (table[middle * ${HEAD}u] <= at) { low = middle; } else { high = middle - 1u; }
  }
  return low;
}

fn compute(at: u32) {
  let lags = task.own.y;
  none(at, 0u);
  if (places[at] + 1u < lags) { return; }
  for (var k = 0u; k < lags; k++) { if (missing(values[at - k])) { return; } }
  let head = series_of(at) * ${HEAD}u;
  let roots = table[head + 1u];
  let whole = bitcast<f32>(table[head + 2u]);
  let trees = task.own.z;
  var depth = 0.0;
  for (var tree = 0u; tree < trees; tree++) {
    var node = table[roots + tree];
    while (table[node] != ${LEAF}u) {
      let limit = vec2f(bitcast<f32>(table[node + 1u]), bitcast<f32>(table[node + 2u]));
      let right = apart(values[at - table[node]], limit) > 0.0;
      node = table[node + 3u] + select(0u, ${NODE}u, right);
    }
    depth += bitcast<f32>(table[node + 1u]);
  }
  put(at, 0u, exp2(-depth / whole));
}`);
