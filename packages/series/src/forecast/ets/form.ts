import { InvalidInput, show } from '../../invalid-input.ts';

/** Which form of exponential smoothing, in the usual letters: error, trend, season. */
export interface EtsForm {
  /** Additive or multiplicative errors. */
  readonly error: 'A' | 'M';
  /** None, additive, or additive and damped. */
  readonly trend: 'N' | 'A' | 'Ad';
  /** None, additive or multiplicative. */
  readonly season: 'N' | 'A' | 'M';
}

/**
 * The fifteen forms whose forecast variance is finite and whose estimation is stable. Additive errors with a multiplicative
 * season are left out: dividing by a seasonal index near zero makes them unstable (Hyndman et al. 2008, section 5.4).
 * Multiplicative trends are left out, as in R's `ets()` by default: they explode beyond the sample.
 */
export const ETS_FORMS: readonly EtsForm[] = (['A', 'M'] as const).flatMap((error) =>
  (['N', 'A', 'Ad'] as const).flatMap((trend) =>
    (['N', 'A', 'M'] as const)
      .filter((season) => !(error === 'A' && season === 'M'))
      .map((season) => ({ error, trend, season })),
  ),
);

/** `ETS(M,Ad,M)`. */
export function etsName({ error, trend, season }: EtsForm): string {
  return `ETS(${error},${trend},${season})`;
}

/**
 * Reads a form from its letters, `MAdM` or `M,Ad,M`.
 *
 * @throws InvalidInput (`form`) when it is not one of the fifteen.
 */
export function parseEtsForm(text: string): EtsForm {
  const letters = text.replaceAll(',', '');
  const found = ETS_FORMS.find((form) => form.error + form.trend + form.season === letters);
  if (found !== undefined) return found;
  const known = ETS_FORMS.map((form) => form.error + form.trend + form.season).join(', ');
  throw new InvalidInput('form', `must be one of ${known}, got ${show(text)}`);
}

/** Number of estimated values: smoothing parameters, initial states (one season follows from the others) and the variance. */
export function parameterCount({ trend, season }: EtsForm, m: number): number {
  const trends = { N: 0, A: 2, Ad: 3 }[trend];
  return 3 + trends + (season === 'N' ? 0 : m);
}
