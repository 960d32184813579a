import { createSharedSeries, type FeatureSet, parametersOf, summariser } from '@kizashi/series';
import { GpuFailure, type GpuFeatures, lendProfile } from '@kizashi/series/gpu';
import type { GpuMode } from '../contract.ts';
import { featuresErrors } from '../errors.ts';
import type { OpenGpu } from '../gpu/open-gpu.ts';
import { forgetGpu } from '../gpu/thread-gpu.ts';
import { findSet } from '../sets.ts';
import { summaryJson } from '../value-json.ts';
import {
  columnBlock,
  groupsFor,
  type SeriesInput,
  type SetResult,
  timedSeries,
} from './compute-series.ts';
import type { PlannedSet } from './planned-set.ts';

/** Whether a GPU computes a set, or a part of it. */
export function hasGpuForm(planned: PlannedSet): boolean {
  const set = findSet(planned.set);
  if (set.kind === 'summary') return planned.form === 'whole' && isMotifs(set);
  const groups = set.groups(parametersOf(set, planned.parameters));
  return groups.some(({ device }) => device !== undefined);
}

function isMotifs(set: FeatureSet): boolean {
  return set.pipeline === 'matrix-profile';
}

/** What a GPU computed of a set of a series. */
export interface GpuResult {
  readonly result: SetResult;
  /** Its share of the time that all series together took. */
  readonly ms: number;
}

export interface GpuWanted {
  readonly planned: PlannedSet;
  /** Series by the key that their result is wanted by. */
  readonly inputs: ReadonlyMap<string, SeriesInput>;
}

/**
 * Sets of several series at once, by key. What is missing is the processor's.
 * @returns undefined when the GPU failed and the run does not require one
 * @throws FEATURES_GPU_FAILED
 */
export async function computeOnGpu(
  { features }: OpenGpu,
  mode: GpuMode,
  wanted: readonly GpuWanted[],
  mostValues: number,
): Promise<ReadonlyMap<string, GpuResult> | undefined> {
  const ready = new Map<string, GpuResult>();
  try {
    for (const { planned, inputs } of wanted) {
      if (inputs.size === 0) continue;
      const started = performance.now();
      const results = await gpuResults(features, planned, [...inputs.values()], mostValues);
      const ms = (performance.now() - started) / inputs.size;
      for (const [k, key] of [...inputs.keys()].entries()) {
        const result = results[k];
        if (result !== undefined) ready.set(key, { result, ms });
      }
    }
    return ready;
  } catch (cause) {
    if (!(cause instanceof GpuFailure)) throw cause;
    forgetGpu();
    if (mode === 'auto') return undefined;
    throw featuresErrors.FEATURES_GPU_FAILED({ reason: cause.message }, { cause });
  }
}

/**
 * A set of several series at once.
 * @param mostValues a series whose columns would hold more numbers is left out
 * @returns undefined for series that are left to the processor, which also says what is wrong with them
 * @throws GpuFailure
 */
async function gpuResults(
  gpu: GpuFeatures,
  planned: PlannedSet,
  inputs: readonly SeriesInput[],
  mostValues: number,
): Promise<readonly (SetResult | undefined)[]> {
  try {
    const set = findSet(planned.set);
    if (set.kind === 'summary') return await motifsOf(gpu, planned, inputs);
    const results = inputs.map((): SetResult | undefined => undefined);
    const groups = inputs.map((input) => groupsFor(planned, input));
    // The parameters of these sets are the same for all series that they have a meaning for.
    const common = groups.find((one) => one !== undefined);
    if (common === undefined) return results;
    const columns = common.reduce((sum, group) => sum + group.columns.length, 0);
    const chosen = inputs.flatMap((input, k) =>
      groups[k] !== undefined && input.y.length * columns <= mostValues ? [k] : [],
    );
    const computed = await gpu.compute(
      common,
      chosen.map((k) => timedSeries(inputs[k]!)),
    );
    for (const [i, k] of chosen.entries()) {
      results[k] = columnBlock(common, computed[i]!, planned.lookahead);
    }
    return results;
  } catch (error) {
    if (error instanceof GpuFailure) throw error;
    // The processor meets the same error, series by series, and the set's mode decides what follows.
    return inputs.map(() => undefined);
  }
}

/** The profile is the GPU's; motifs and discords follow from it. */
async function motifsOf(
  gpu: GpuFeatures,
  planned: PlannedSet,
  inputs: readonly SeriesInput[],
): Promise<readonly SetResult[]> {
  const set = findSet(planned.set);
  if (set.kind !== 'summary') throw new Error(`${set.name} is no summary`);
  const { m } = parametersOf(set, planned.parameters);
  const profiles = await gpu.matrixProfiles(
    inputs.map(({ y }) => y),
    m as number,
  );
  const summarise = summariser(set, planned.parameters);
  return inputs.map(({ y }, k) => {
    const shared = createSharedSeries(y);
    lendProfile(shared, profiles[k]!);
    return summaryJson(summarise(shared));
  });
}
