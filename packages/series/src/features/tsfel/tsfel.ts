import { InvalidInput, show } from '../../invalid-input.ts';
import type { SummarySet } from '../feature.ts';
import { cepstralFeatures } from './cepstrum.ts';
import { fractalFeatures } from './fractal.ts';
import { spectralShapeFeatures } from './spectral-shape.ts';
import { spectrogramFeatures } from './spectrogram.ts';
import { statisticalFeatures } from './statistical.ts';
import { temporalFeatures } from './temporal.ts';
import { waveletFeatures } from './wavelet.ts';

/**
 * Temporal, statistical, spectral and fractal features as TSFEL 0.2.0 defines them, with its default parameters.
 * Parameter `fs`: samples a second, > 0. Missing values are left out before.
 */
export const tsfelSet: SummarySet = {
  name: 'tsfel',
  pipeline: 'tsfel',
  version: 1,
  kind: 'summary',
  defaults: { fs: 100 },
  features(parameters) {
    const fs = Number(parameters.fs);
    if (!(fs > 0 && fs < Number.POSITIVE_INFINITY)) {
      throw new InvalidInput('fs', `must be a number of samples a second > 0, got ${show(fs)}`);
    }
    return [
      ...spectrogramFeatures(fs),
      ...cepstralFeatures(fs),
      ...spectralShapeFeatures(fs),
      ...waveletFeatures(fs),
      ...statisticalFeatures(fs),
      ...temporalFeatures(fs),
      ...fractalFeatures(),
    ];
  },
};
