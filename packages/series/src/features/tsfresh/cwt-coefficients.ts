import { InvalidInput, show } from '../../invalid-input.ts';
import { mexicanHatKernel } from '../../math/mexican-hat.ts';
import { calculator } from './calculator.ts';
import { number, numbers, whole } from './parameter-rules.ts';

export const cwtCoefficients = calculator({
  name: 'cwt_coefficients',
  formula:
    'Continuous wavelet transform with the Mexican hat ψ(x) = 2 / (√3 π^¼) (1 − x²) exp(−x² / 2) at scale w and place coeff, y being 0 outside: the difference of the convolution with the integral of ψ, tabulated at 1,024 places from −8 to 8, times −√w. `widths` only appears in the name.',
  source: 'Mallat (2008), A Wavelet Tour of Signal Processing, 4.3',
  unit: 'y',
  cost: 'n·window',
  parameters: { widths: numbers, coeff: whole(0), w: number },
  create: ({ widths, coeff, w }) => {
    if (!widths.includes(w)) {
      throw new InvalidInput('w', `must be one of widths (${widths.join(', ')}), got ${show(w)}`);
    }
    // Below this the table has too few places to take differences of.
    if (!(w >= 1 / 16)) throw new InvalidInput('w', `must be at least 1/16, got ${show(w)}`);
    const kernel = mexicanHatKernel(w);
    const at = coeff + ((kernel.length - 1) >> 1);
    return ({ y, n }) => {
      if (coeff >= n) return Number.NaN;
      let sum = 0;
      const to = Math.min(n - 1, at);
      for (let j = Math.max(0, at - kernel.length + 1); j <= to; j++)
        sum += y[j]! * kernel[at - j]!;
      return sum;
    };
  },
});
