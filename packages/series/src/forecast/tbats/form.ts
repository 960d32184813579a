/** One season as a sum of waves. */
export interface WaveSeason {
  /** Length in samples, ≥ 2; need not be whole. */
  readonly m: number;
  /** Which multiples of 1/m, ascending. */
  readonly harmonics: readonly number[];
}

/** What a TBATS model consists of. */
export interface TbatsForm {
  readonly trend: 'none' | 'linear' | 'damped';
  readonly seasons: readonly WaveSeason[];
  /** Number of autoregressive terms of the errors, 0 to 2. */
  readonly p: number;
  /** Number of moving-average terms of the errors, 0 to 2. */
  readonly q: number;
}

/** Where the parts of a parameter vector lie; −1 for a trend's part that is not there. */
export interface TbatsLayout {
  readonly alpha: 0;
  readonly beta: number;
  readonly phi: number;
  /** Two for each season: what an error does to the waves, and to the same waves a quarter later. */
  readonly gamma: number;
  readonly ar: number;
  readonly ma: number;
  /** Start of the states before the first value. */
  readonly level: number;
  readonly slope: number;
  /** Two for each wave: its value and that a quarter later. */
  readonly waves: number;
  readonly length: number;
}

export function tbatsLayout({ trend, seasons, p, q }: TbatsForm): TbatsLayout {
  let next = 0;
  const take = (size: number) => {
    next += size;
    return next - size;
  };
  const takeIf = (present: boolean) => (present ? take(1) : -1);
  take(1);
  return {
    alpha: 0,
    beta: takeIf(trend !== 'none'),
    phi: takeIf(trend === 'damped'),
    gamma: take(2 * seasons.length),
    ar: take(p),
    ma: take(q),
    level: take(1),
    slope: takeIf(trend !== 'none'),
    waves: take(2 * waveCount(seasons)),
    length: next,
  };
}

export function waveCount(seasons: readonly WaveSeason[]): number {
  return seasons.reduce((sum, { harmonics }) => sum + harmonics.length, 0);
}

/** As De Livera et al. write it, without the power: `TBATS({1,0}, 0.9, {<24,3>, <168,5>})`. */
export function tbatsName({ trend, seasons, p, q }: TbatsForm, phi: number): string {
  const damping = { none: '-', linear: '1', damped: phi.toFixed(3) }[trend];
  const waves = seasons.map(({ m, harmonics }) => `<${m},${harmonics.length}>`);
  return `TBATS({${p},${q}}, ${damping}, {${waves.join(', ')}})`;
}

/** Number of estimated values: parameters, states and the variance. A wave of two samples has no quarter to it. */
export function tbatsParameterCount(form: TbatsForm): number {
  const halves = form.seasons.filter(({ m, harmonics }) => harmonics.includes(m / 2)).length;
  return tbatsLayout(form).length + 1 - halves;
}
