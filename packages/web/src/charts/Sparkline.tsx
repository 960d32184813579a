import { sparklinePath } from './sparkline-path.ts';

const box = { width: 120, height: 28 };

/** A trend without axes. Decoration beside a figure that says the same: hidden from screen readers. */
export function Sparkline({ y }: { readonly y: readonly (number | null)[] }) {
  const path = sparklinePath(y, box);
  return (
    <svg
      viewBox={`-2 -3 ${box.width + 4} ${box.height + 6}`}
      width="100%"
      height={box.height + 6}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={path}
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
