import { useComputedColorScheme } from '@mantine/core';
import { type Palette, palettes } from './palette.ts';

/** The chart colours of the page's present scheme. */
export function usePalette(): Palette {
  return palettes[useComputedColorScheme('light')];
}
