/** Colours of one chart, as CSS colours: a canvas cannot read CSS variables. */
export interface Palette {
  /** What happened. */
  readonly actual: string;
  /** What probably comes. Differs from `actual` by dashes too, so colour is never the only sign. */
  readonly forecast: string;
  /** The period before. */
  readonly previous: string;
  /** Points that fired an alert. */
  readonly alarm: string;
  readonly text: string;
  readonly grid: string;
  readonly surface: string;
}

/** Contrast against `surface`: text at least 4.5, lines at least 3 (measured in palette.test.ts). */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    actual: '#2d5596',
    forecast: '#b45309',
    previous: '#69748a',
    alarm: '#b9391d',
    text: '#4d586b',
    grid: '#e2e6eb',
    surface: '#ffffff',
  },
  dark: {
    actual: '#8aaadb',
    forecast: '#f5a94b',
    previous: '#9aa5b5',
    alarm: '#f17a5d',
    text: '#bcc4d0',
    grid: '#2c3541',
    surface: '#181e26',
  },
};
