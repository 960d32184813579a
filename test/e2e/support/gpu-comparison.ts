/**
 * The features of a GPU beside those of the processor, for whatever device it is given. Runs in a page of a browser and, with npm's
 * `webgpu`, in Node. Tolerances are those of docs/reference/gpu.md.
 */
import { columns } from '../../../packages/series/src/features/extract.ts';
import type { ColumnSet, TimedSeries } from '../../../packages/series/src/features/feature.ts';
import { matrixProfile } from '../../../packages/series/src/features/matrix-profile/profile.ts';
import { featureSets } from '../../../packages/series/src/features/sets.ts';
import {
  createGpuFeatures,
  type GpuDevice,
  GpuFailure,
  gpuColumns,
} from '../../../packages/series/src/gpu/index.ts';
import { createRandom } from '../../../packages/series/src/math/random.ts';
import {
  matrixProfileByDefinition,
  windowDistance,
} from '../../../packages/series/src/reference/matrix-profile-by-definition.ts';

/** How far the two are apart, in units of what is tolerated: 1 is just good enough. */
export interface Comparison {
  /** Values that are numbers in both. */
  readonly compared: number;
  readonly worst: number;
  /** Column, series and place of the worst value, and what the two gave. */
  readonly where: string;
}

const PARAMETERS: Readonly<Record<string, Parameters<ColumnSet['groups']>[0]>> = {
  rolling: { windows: [3, 14, 30], min_periods: 2 },
  'rolling-windows': { windows: [3, 21], shape_windows: [2, 30] },
  lags: { lags: [1, 2, 7, 60], summaries: false },
  anomaly: { window: 14, n_estimators: 20, max_samples: 64 },
  calendar: { fourier_periods: [7, 30, 365.25, 29.530588], fourier_orders: [1, 2, 3] },
};

function someSeries(): Readonly<Record<string, TimedSeries>> {
  const random = createRandom(20_261_122);
  const made = (n: number, value: (t: number) => number, firstDay = 19_000): TimedSeries => ({
    y: Float64Array.from({ length: n }, (_, t) => value(t)),
    days: Int32Array.from({ length: n }, (_, t) => firstDay + t),
  });
  let level = 0;
  const step = () => {
    level += random() - 0.5;
    return level;
  };
  return {
    walk: made(120, step),
    'high level': made(90, () => 1e7 + 0.01 * step()),
    noise: made(100, () => 10 * random(), -800_000),
    spikes: made(90, (t) => (t % 31 === 30 ? 1e6 * random() : random())),
    gaps: made(90, (t) =>
      t % 17 === 3 || (t > 40 && t < 60) ? [Number.NaN, Number.POSITIVE_INFINITY][t % 2]! : step(),
    ),
    'whole numbers': made(90, () => Math.floor(5 * random())),
    constant: made(40, () => 0.1),
    'steps from zero': made(40, (t) => (t < 20 ? 0 : t), 25_567),
    missing: made(20, () => Number.NaN),
    'too large for 32 bits': made(30, () => 1e300 * random()),
    'one value': made(1, () => 3, 0),
    none: made(0, () => 0),
    undated: { y: Float64Array.of(1, 2, 4, 8) },
  };
}

/** A set of columns for all series at once. */
export async function compareColumns(device: GpuDevice, name: string): Promise<Comparison> {
  const set = featureSets.find((one): one is ColumnSet => one.name === name)!;
  const series = Object.entries(someSeries());
  const gpu = createGpuFeatures(device);
  const parameters = PARAMETERS[name]!;
  const got = await gpuColumns(
    gpu,
    set,
    series.map(([, one]) => one),
    parameters,
  );
  const all = { compared: 0, worst: 0, where: '' };
  for (const [k, [title, one]] of series.entries()) {
    const wanted = columns(set, one, parameters);
    const names = Object.keys(wanted);
    if (names.join() !== Object.keys(got[k]!).join()) throw new Error(`${title}: other columns`);
    for (const column of names) {
      for (let t = 0; t < one.y.length; t++) {
        const [a, b] = [wanted[column]![t]!, got[k]![column]![t]!];
        if (Object.is(a, b)) continue;
        const far = Math.abs(a - b) / toleranceOf(column, one.y, t, a);
        // NaN: one of them is not defined, or both are infinite in different ways.
        const error = Number.isNaN(far) ? Number.POSITIVE_INFINITY : far;
        if (error <= all.worst) continue;
        all.worst = error;
        all.where = `${column} of ${title} at ${t}: ${a} and ${b}`;
      }
      all.compared += wanted[column]!.filter(Number.isFinite).length;
    }
  }
  return all;
}

/** What 32 bits may be wrong by. */
function toleranceOf(column: string, y: Float64Array, t: number, value: number): number {
  if (/^(mean|std|min|max|median|q25|q75|iqr|deviation)_\d+$/.test(column)) {
    const window = Number(column.split('_').at(-1));
    const values = y.subarray(Math.max(0, t - window + 1), t + 1).filter(Number.isFinite);
    return 1e-6 * (Math.max(...values) - Math.min(...values)) + levelOf(y);
  }
  if (/^diff_/.test(column)) return 1e-6 * Math.abs(value) + levelOf(y);
  if (/^(lag_|.*_anomaly$|mpi$|left_i$|right_i$|past_i$)/.test(column)) return 0;
  if (/^(fourier|.*_(sin|cos)$)/.test(column)) return 5e-7;
  if (/^isolation/.test(column)) return 2e-6;
  return 2e-5 * (1 + Math.abs(value));
}

function levelOf(y: Float64Array): number {
  return 2 ** -46 * Math.max(0, ...y.filter(Number.isFinite).map(Math.abs));
}

/** The matrix profile in WebAssembly and on the device, both beside its definition in plain TypeScript. */
export async function compareProfiles(device: GpuDevice): Promise<Comparison> {
  const random = createRandom(7);
  const window = 12;
  const made = (n: number, value: (t: number) => number) =>
    Float64Array.from({ length: n }, (_, t) => value(t));
  let level = 0;
  const series: Readonly<Record<string, Float64Array>> = {
    noise: made(260, () => random()),
    walk: made(300, () => {
      level += random() - 0.5;
      return level;
    }),
    'noisy wave': made(200, (t) => Math.sin(t / 6) + 0.1 * random()),
    'quiet behind loud': made(220, (t) => random() * (t < 110 ? 1e4 : 1)),
    spikes: made(200, (t) => random() * (t % 67 === 5 ? 1e5 : 1)),
    'gaps and constants': made(220, (t) => {
      if (t % 71 === 9) return Number.NaN;
      return t % 90 < 30 ? 3 : random();
    }),
    'all alike': made(90, (t) => t % 6),
    'shorter than a window': made(11, () => random()),
    'one window': made(12, () => random()),
  };
  const all = { compared: 0, worst: 0, where: '' };
  const profiles = await createGpuFeatures(device).matrixProfiles(Object.values(series), window);
  for (const [k, [title, y]] of Object.entries(series).entries()) {
    const shape = (i: number) => Array.from(y.subarray(i, i + window));
    const nearest = matrixProfileByDefinition(Array.from(y), window);
    for (const [form, profile] of Object.entries({
      wasm: matrixProfile(y, window),
      gpu: profiles[k]!,
    })) {
      for (const side of ['left', 'right'] as const) {
        for (const [i, wanted] of nearest[side].entries()) {
          const [index, distance] = [profile[`${side}Index`][i]!, profile[`${side}Distance`][i]!];
          // Of neighbours that are equally near any will do; its distance is its own.
          const own = index < 0 ? Infinity : windowDistance(shape(i), shape(index));
          const errors = [
            squared(distance) - squared(wanted.distance),
            squared(distance) - squared(own),
          ];
          const far = Math.max(...errors.map((e) => Math.abs(e) / 1e-6));
          const error = distance === wanted.distance && distance === own ? 0 : far || Infinity;
          all.compared++;
          if (error <= all.worst) continue;
          all.worst = error;
          all.where = `${side} of ${title} at ${i} (${form}): ${wanted.distance} at ${wanted.index}, ${distance} at ${index}`;
        }
      }
    }
  }
  return all;
}

function squared(distance: number): number {
  return distance * distance;
}

/** Buffers that were made and not destroyed, after work that ends well and work that does not. */
export async function countBuffersLeft(device: GpuDevice): Promise<{ made: number; left: number }> {
  const count = { made: 0, left: 0 };
  const counting: GpuDevice = new Proxy(device, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key !== 'createBuffer') return value.bind(target);
      return (options: Parameters<GpuDevice['createBuffer']>[0]) => {
        const buffer = device.createBuffer(options);
        const destroy = buffer.destroy.bind(buffer);
        let left = 1;
        count.made++;
        count.left++;
        buffer.destroy = () => {
          count.left -= left;
          left = 0;
          destroy();
        };
        return buffer;
      };
    },
  });
  await compareColumns(counting, 'rolling');
  await compareColumns(counting, 'anomaly');
  await compareProfiles(counting);
  await failureOf(createGpuFeatures(counting).compute([faultyGroup()], [{ y: faulty }]));
  return count;
}

const faulty = Float64Array.of(1, 2, 3);

/** Its columns cannot be made of what comes back. */
function faultyGroup() {
  const [group] = featureSets
    .find((one): one is ColumnSet => one.name === 'calendar')!
    .groups({ fourier_periods: [7], fourier_orders: [1], holidays: [] });
  const dates = {
    columns: [],
    compute(): never {
      throw new RangeError('on purpose');
    },
  };
  return { ...group!, device: { kernel: 'calendar-circles', dates } as const };
}

/** What a failing promise says. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) =>
      error instanceof GpuFailure ? `${error.code} ${error.reason}` : String(error),
  );
}

/** What is said when a device goes while it works, and afterwards. Ends the device. */
export async function failuresOfLostDevice(
  device: GpuDevice & { destroy(): void },
): Promise<readonly string[]> {
  const gpu = createGpuFeatures(device);
  const series = Array.from({ length: 20 }, (_, k) =>
    Float64Array.from({ length: 300 }, (__, t) => Math.sin(t * (k + 1))),
  );
  const working = failureOf(gpu.matrixProfiles(series, 10));
  device.destroy();
  return [await working, await failureOf(gpu.matrixProfiles(series, 10))];
}
