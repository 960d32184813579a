import { type TbatsForm, type TbatsLayout, tbatsLayout, waveCount } from './form.ts';

/** States between two values; changed in place by `step`. */
export interface TbatsState {
  level: number;
  slope: number;
  /** Waves as they stand at the next value, and a quarter later. */
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
  /** What came on top of level, slope and waves at the last values, newest first. */
  readonly excess: Float64Array;
  /** The last errors, newest first. */
  readonly errors: Float64Array;
}

/**
 * The recursion of a TBATS model for one set of parameters.
 *
 * Source: De Livera, Hyndman & Snyder (2011), eqs. 7 and 14. Departure: an error moves a wave where the wave stands at that
 * value, not where it stands a sample later. The model is the same for γ of each frequency; with one γ for a whole season, as
 * there and here, only this form stays stable for fast waves with γ₁ > 0.
 */
export class TbatsRecursion {
  readonly layout: TbatsLayout;
  /** Cosine and sine of each wave's angle per sample. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** Element i: the first wave of season i; one more at the end. */
  readonly firstWave: Uint16Array;
  readonly #form: TbatsForm;
  #p: Float64Array;
  #alpha = 0;
  #beta = 0;
  #phi = 0;

  constructor(form: TbatsForm, p: Float64Array) {
    this.layout = tbatsLayout(form);
    this.#form = form;
    const waves = waveCount(form.seasons);
    this.cos = new Float64Array(waves);
    this.sin = new Float64Array(waves);
    this.firstWave = new Uint16Array(form.seasons.length + 1);
    let j = 0;
    form.seasons.forEach(({ m, harmonics }, season) => {
      for (const harmonic of harmonics) {
        const angle = (2 * Math.PI * harmonic) / m;
        this.cos[j] = Math.cos(angle);
        this.sin[j++] = 2 * harmonic === m ? 0 : Math.sin(angle);
      }
      this.firstWave[season + 1] = j;
    });
    this.#p = p;
    this.take(p);
  }

  /** Takes other values of the parameters. */
  take(p: Float64Array): void {
    const { layout } = this;
    this.#p = p;
    this.#alpha = p[0]!;
    this.#beta = layout.beta < 0 ? 0 : p[layout.beta]!;
    this.#phi = { none: 0, linear: 1, damped: p[layout.phi] ?? 0 }[this.#form.trend];
  }

  get phi(): number {
    return this.#phi;
  }

  firstState(): TbatsState {
    const { layout } = this;
    const p = this.#p;
    const waves = this.cos.length;
    return {
      level: p[layout.level]!,
      slope: layout.slope < 0 ? 0 : p[layout.slope]!,
      cosine: Float64Array.from({ length: waves }, (_, j) => p[layout.waves + 2 * j]!),
      sine: Float64Array.from({ length: waves }, (_, j) => p[layout.waves + 2 * j + 1]!),
      excess: new Float64Array(this.#form.p),
      errors: new Float64Array(this.#form.q),
    };
  }

  /** Mean of the next value. */
  mean(state: TbatsState): number {
    return this.#structure(state) + this.#carried(state);
  }

  /** Takes a value; returns its error. */
  step(state: TbatsState, value: number): number {
    const excess = value - this.#structure(state);
    const error = excess - this.#carried(state);
    state.level += this.#phi * state.slope + this.#alpha * excess;
    state.slope = this.#phi * state.slope + this.#beta * excess;
    this.#turn(state, excess);
    push(state.excess, excess);
    push(state.errors, error);
    return error;
  }

  /** What an excess does to the waves, and their way to the next value. */
  #turn({ cosine, sine }: TbatsState, excess: number): void {
    const { cos, sin, firstWave, layout } = this;
    for (let season = 0; season + 1 < firstWave.length; season++) {
      const at = layout.gamma + 2 * season;
      const gain = this.#p[at]! * excess;
      const quarterGain = this.#p[at + 1]! * excess;
      for (let j = firstWave[season]!; j < firstWave[season + 1]!; j++) {
        const u = cosine[j]! + gain;
        const v = sine[j]! + quarterGain;
        cosine[j] = cos[j]! * u + sin[j]! * v;
        sine[j] = cos[j]! * v - sin[j]! * u;
      }
    }
  }

  /** Level, slope and waves. */
  #structure({ level, slope, cosine }: TbatsState): number {
    let sum = level + this.#phi * slope;
    for (let j = 0; j < cosine.length; j++) sum += cosine[j]!;
    return sum;
  }

  /** What past errors still say. */
  #carried({ excess, errors }: TbatsState): number {
    const { ar, ma } = this.layout;
    let sum = 0;
    for (let i = 0; i < excess.length; i++) sum += this.#p[ar + i]! * excess[i]!;
    for (let i = 0; i < errors.length; i++) sum += this.#p[ma + i]! * errors[i]!;
    return sum;
  }
}

export function copyTbatsState(state: TbatsState): TbatsState {
  return {
    ...state,
    cosine: state.cosine.slice(),
    sine: state.sine.slice(),
    excess: state.excess.slice(),
    errors: state.errors.slice(),
  };
}

function push(values: Float64Array, value: number): void {
  for (let i = values.length - 1; i > 0; i--) values[i] = values[i - 1]!;
  if (values.length > 0) values[0] = value;
}
