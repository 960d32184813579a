import type { SVGProps } from 'react';

/** Outlines on a 24 × 24 grid, drawn for this product. */
const paths = {
  alert: 'M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5m0 2.5v.01',
  audit: 'M6 3.5h9l4 4v13H6zM15 3.5v4h4M9 12h7M9 16h7',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0',
  book: 'M5 4.5h11.5a2 2 0 0 1 2 2v13H7a2 2 0 0 1-2-2zM5 17.5a2 2 0 0 1 2-2h11.5M9 8.5h5.5',
  channel: 'm3.5 11.5 17-7-6 16-3-6.5zM11.5 14l9-9.5',
  chart: 'M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevronDown: 'm6 9.5 6 6 6-6',
  chevronLeft: 'm14.5 6-6 6 6 6',
  chevronRight: 'm9.5 6 6 6-6 6',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  close: 'm6 6 12 12M18 6 6 18',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  dice: 'M5 4.5h14v15H5zM9 8.5v.01M15 8.5v.01M12 12v.01M9 15.5v.01M15 15.5v.01',
  dots: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  external: 'M13.5 4.5h6v6M19.5 4.5l-9 9M17 14v5.5H4.5V7H10',
  filter: 'M4 5.5h16l-6.5 7.5v5.5l-3 1.5v-7z',
  flask: 'M9.5 3.5h5M10.5 3.5v6L5 19.5h14l-5.5-10v-6M7.8 14.5h8.4',
  forecast:
    'M3.5 18c3.5 0 4-6 7.5-6 2.5 0 2.5 2.5 4.5 2.5M17 12.5l.01-.01M19 9.5l.01-.01M21 6.5l.01-.01',
  gauge: 'M4.2 18.5a9 9 0 1 1 15.6 0M12 15.5l4-6.5M12 15.5v.01',
  globe:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17',
  home: 'M4 19.5V14m5.3 5.5V9m5.4 10.5V12M20 19.5v-15',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5.5M12 7.8v.01',
  key: 'M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 12.5l8.5-8.5M16 7.5l3 3',
  keyboard: 'M3 6.5h18v11H3zM7 10.5v.01M11 10.5v.01M15 10.5v.01M8 14h8',
  library: 'M4 4.5h4v15H4zM8 4.5h4v15H8zM13.2 5.5l3.8-1 3.8 14-3.8 1z',
  lock: 'M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  menu: 'M4 7h16M4 12h16M4 17h16',
  minus: 'M5 12h14',
  moon: 'M19.5 14A8 8 0 0 1 10 4.5 8 8 0 1 0 19.5 14Z',
  offline:
    'm4 4 16 16M5 12.5a10 10 0 0 1 3.5-2.2M19 12.5a10 10 0 0 0-5-2.7M8.5 16a5 5 0 0 1 6 0M12 19.5v.01',
  organisation:
    'M4 20.5V6l8-2.5V20.5M12 9.5l8 2v9M2.5 20.5h19M7 9v.01M7 13v.01M7 17v.01M16 14v.01M16 17v.01',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  play: 'M8 5.5v13l10.5-6.5z',
  plus: 'M12 5v14M5 12h14',
  refresh: 'M19.5 8A8 8 0 0 0 5 8.5M4.5 4.5v4h4M4.5 16a8 8 0 0 0 14.5-.5m.5 4v-4h-4',
  rule: 'M3.5 8h9m4 0h4M3.5 16h4m4 0h9M14.5 5.5v5M9.5 13.5v5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5l5 5',
  screen: 'M3.5 5h17v11.5h-17zM9 20h6M12 16.5V20',
  settings: 'M4 7h8m5 0h3M4 17h3m5 0h8M14.5 4.5v5M9.5 14.5v5',
  shield: 'M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zM9 12l2 2 4-4',
  signOut: 'M14 4.5H5v15h9M10 12h10.5m-4-4 4 4-4 4',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  stop: 'M6.5 6.5h11v11h-11z',
  tasks: 'm4 6.5 1.5 1.5L8 5M4 13l1.5 1.5L8 11.5M11.5 7H20M11.5 13.5H20M11.5 19.5H20M5.5 19.5v.01',
  trash: 'M4.5 7h15M9 7V4.5h6V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5',
  upload: 'M12 16V5m-4.5 4.5L12 5l4.5 4.5M4.5 19.5h15',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6',
  users:
    'M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M15.5 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.5 3.5 5',
  wave: 'M3 12.5c1.8-6.5 3.6-6.5 5.4 0s3.6 6.5 5.4 0 3.6-6 7.2-3.5',
} as const;

export type IconName = keyof typeof paths;

/** Decorative unless `label` is given. */
export function Icon({
  name,
  size = 18,
  label,
  ...rest
}: { name: IconName; size?: number; label?: string } & SVGProps<SVGSVGElement>) {
  const meaning =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden, or named by aria-label
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      {...meaning}
      {...rest}
    >
      <path d={paths[name]} />
    </svg>
  );
}
