import {
  alpha,
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core';

/** 藍, indigo: actions, links, the main line of a chart. White text on shade 6 and darker has contrast ≥ 5.5. */
const ai: MantineColorsTuple = [
  '#eef3fb',
  '#d9e4f4',
  '#b3c8e8',
  '#8aaadb',
  '#678fcf',
  '#4f7cc6',
  '#3a68b4',
  '#2d5596',
  '#25467b',
  '#1b345d',
];
/** 朱, vermilion: the sign that wants attention. */
const shu: MantineColorsTuple = [
  '#fff0ec',
  '#fddfd7',
  '#f9bdae',
  '#f59881',
  '#f17a5d',
  '#f0684a',
  '#cf4022',
  '#b9391d',
  '#932c16',
  '#6d2110',
];
/** 緑, green: done and well. */
const midori: MantineColorsTuple = [
  '#eafaf1',
  '#d3f2e1',
  '#a6e2c2',
  '#74d0a0',
  '#4bbf84',
  '#31a870',
  '#22905d',
  '#18774b',
  '#0f5f3b',
  '#0a4a2d',
];
/** 黄, yellow: take care. */
const ki: MantineColorsTuple = [
  '#fdf8e7',
  '#faeecb',
  '#f3dc95',
  '#ecc95b',
  '#e4b62f',
  '#c99a17',
  '#a67c0c',
  '#856207',
  '#684c05',
  '#4d3803',
];
/** 墨, ink: text and surfaces of the light page are 7–9 and 0–1, of the dark page the other way round. */
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#eff1f4',
  '#e2e6eb',
  '#cfd5dd',
  '#b0b8c4',
  '#8b95a4',
  '#69748a',
  '#4d586b',
  '#333d4d',
  '#1c2430',
];
const dark: MantineColorsTuple = [
  '#dde2ea',
  '#bcc4d0',
  '#9aa5b5',
  '#6f7b8d',
  '#3b4554',
  '#2c3541',
  '#212932',
  '#181e26',
  '#12171d',
  '#0d1116',
];

export const theme = createTheme({
  colors: { ai, shu, midori, ki, gray, dark },
  primaryColor: 'ai',
  primaryShade: { light: 7, dark: 6 },
  // By language, in style.css.
  fontFamily: 'var(--kizashi-font)',
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 12 } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        openDelay: 300,
        events: { hover: true, focus: true, touch: false },
      },
    },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } },
      classNames: { title: 'kz-window-title' },
    },
    // Its placeholder would be a child of the menu that is no item.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Drawer: { classNames: { title: 'kz-window-title' } },

    Card: { defaultProps: { withBorder: true, padding: 'md', radius: 'lg' } },
    Paper: { defaultProps: { radius: 'lg' } },
  },
});

/** Mantine darkens the `light` look so far that it cannot be told from our dark surfaces. */
function softInTheDark(colors: Record<string, MantineColorsTuple>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colors).flatMap(([name, shades]) => [
      [`--mantine-color-${name}-light`, alpha(shades[4], 0.2)],
      [`--mantine-color-${name}-light-hover`, alpha(shades[4], 0.28)],
      [`--mantine-color-${name}-light-color`, shades[1]],
    ]),
  );
}

/** Mantine's own dimmed, placeholder and error texts miss the contrast of 4.5 on our surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': gray[9],
    '--mantine-color-dimmed': '#5b6678',
    '--mantine-color-placeholder': '#69748a',
    '--mantine-color-error': shu[7],
    '--mantine-color-default-border': gray[3],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#8793a4',
    '--mantine-color-error': shu[3],
    '--mantine-color-anchor': ai[3],
    ...softInTheDark({ ai, shu, midori, ki, gray }),
    '--mantine-color-default-border': dark[4],
  },
});

/** The same key is read by `public/color-scheme.js` before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'kizashi.color-scheme' });
