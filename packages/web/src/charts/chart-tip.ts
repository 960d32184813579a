import classes from './Chart.module.css';
import type { Palette } from './palette.ts';

export type Look = 'actual' | 'previous' | 'forecast' | 'band' | 'wide-band' | 'mark';

/** The narrowest band is drawn darker than those behind it. */
export function bandLook(index: number): Look {
  return index === 0 ? 'band' : 'wide-band';
}

export function lookColour(look: Look, palette: Palette): string {
  if (look === 'mark') return palette.alarm;
  return palette[look === 'band' || look === 'wide-band' ? 'forecast' : look];
}

export interface TipLine {
  readonly look: Look;
  readonly label: string;
  readonly value: string;
}

/** The box beside the pointer. Built node by node: names from a file never become markup. */
export function chartTip(title: string, lines: readonly TipLine[], palette: Palette): HTMLElement {
  const tip = document.createElement('div');
  tip.className = classes.tip!;
  tip.append(part('title', title));
  for (const line of lines) {
    const swatch = part('swatch', '');
    swatch.dataset.look = line.look;
    swatch.style.color = lookColour(line.look, palette);
    tip.append(swatch, part('label', line.label), part('value', line.value));
  }
  return tip;
}

function part(name: 'title' | 'swatch' | 'label' | 'value', text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = classes[name]!;
  element.textContent = text;
  return element;
}
