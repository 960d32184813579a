import type { GpuProgram } from '../gpu-session.ts';
import { MISSING } from '../split-values.ts';

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** A NaN is made of its bits: devices may assume that arithmetic gives none. */
const NAN_BITS = '0x7fc00000u';

/** Numbers of its own that a kernel may have. */
const OWN = 4;

/**
 * A program that computes some columns at each point of many series.
 * @param code WGSL with `fn compute(at: u32)`, which calls `put(at, column, value)` or `none(at, column)` for each column
 */
export function pointProgram(code: string): GpuProgram {
  return {
    code: PRELUDE + code,
    bindings: ['uniform', 'read-only-storage', 'read-only-storage', 'read-only-storage', 'storage'],
  };
}

/** The uniform block of a point kernel. @param first point of the dispatch */
export function pointParameters(points: number, first: number, own: readonly number[]) {
  return [points, first, 0, 0, ...own, ...new Array<number>(OWN - own.length).fill(0)];
}

const PRELUDE = /* wgsl */ `
struct Task { points: u32, first: u32, unused: vec2u, own: vec4u }
@group(0) @binding(0) var<uniform> task: Task;
// Values in two parts; the first is ${MISSING} where one is missing.
@group(0) @binding(1) var<storage, read> values: array<vec2f>;
// Points of the same series before each point; for kernels of the calendar, its day.
@group(0) @binding(2) var<storage, read> places: array<u32>;
// Whatever else a kernel needs.
@group(0) @binding(3) var<storage, read> table: array<u32>;
@group(0) @binding(4) var<storage, read_write> results: array<u32>;

fn put(at: u32, column: u32, value: f32) { results[column * task.points + at] = bitcast<u32>(value); }
fn none(at: u32, column: u32) { results[column * task.points + at] = ${NAN_BITS}; }
fn missing(value: vec2f) -> bool { return value.x > 2.0; }
// Keeps the digits of the difference, whatever the level.
fn apart(value: vec2f, origin: vec2f) -> f32 { return (value.x - origin.x) + (value.y - origin.y); }

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = task.first + id.x;
  if (at < task.points) { compute(at); }
}
`;
