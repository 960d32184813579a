import type { EtsForm } from '../forecast/ets/form.ts';

/** Parameters and initial states of an ETS model, by their names in the literature. */
export interface EtsDefinition {
  readonly form: EtsForm;
  readonly m: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly level: number;
  readonly slope: number;
  /** m values, season of time 0 first. */
  readonly season: readonly number[];
}

interface State {
  level: number;
  slope: number;
  season: number[];
}

/**
 * One step of the state-space equations, written out by error and season type as in Hyndman, Koehler, Ord & Snyder (2008),
 * tables 2.2 and 2.3 (the error-correction form, unlike the component form of the fast smoother).
 *
 * @param observe turns the one-step mean into the observed value.
 */
function step(
  { form, alpha, beta, gamma, phi }: EtsDefinition,
  state: State,
  observe: (mean: number) => number,
): { mean: number; error: number } {
  const s = state.season[0]!;
  const trend = state.level + phi * state.slope;
  const mean = form.season === 'M' ? trend * s : form.season === 'A' ? trend + s : trend;
  const y = observe(mean);
  const relative = form.error === 'M';
  const error = relative ? (y - mean) / mean : y - mean;
  let move: number;
  if (form.season === 'M') move = relative ? trend * error : error / s;
  else move = relative ? mean * error : error;
  let seasonMove: number;
  if (form.season === 'M') seasonMove = relative ? s * error : error / trend;
  else seasonMove = relative ? mean * error : error;
  state.slope = phi * state.slope + beta * move;
  state.level = trend + alpha * move;
  state.season = [...state.season.slice(1), form.season === 'N' ? 0 : s + gamma * seasonMove];
  return { mean, error };
}

function initial({ level, slope, season, m }: EtsDefinition): State {
  return { level, slope, season: season.length === m ? [...season] : new Array(m).fill(0) };
}

/** −2 log-likelihood without the constant: n·log(Σe²) + 2·Σlog|mean| with multiplicative errors. */
export function devianceByDefinition(model: EtsDefinition, y: readonly number[]): number {
  const state = initial(model);
  let squares = 0;
  let logs = 0;
  for (const value of y) {
    const { mean, error } = step(model, state, () => value);
    squares += error ** 2;
    logs += Math.log(Math.abs(mean));
  }
  return y.length * Math.log(squares) + (model.form.error === 'M' ? 2 * logs : 0);
}

/** One random future of h values after the series y; `normal` gives standard normal numbers. */
export function simulateByDefinition(
  model: EtsDefinition,
  y: readonly number[],
  sigma: number,
  h: number,
  normal: () => number,
): number[] {
  const state = initial(model);
  for (const value of y) step(model, state, () => value);
  return Array.from({ length: h }, () => {
    let drawn = 0;
    step(model, state, (mean) => {
      const noise = sigma * normal();
      drawn = model.form.error === 'M' ? mean * (1 + noise) : mean + noise;
      return drawn;
    });
    return drawn;
  });
}
