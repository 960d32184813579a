/**
 * SVG path of a small trend line in a box of `width` × `height`. A missing value breaks the line; a flat series lies in
 * the middle. Empty when fewer than two values are there.
 */
export function sparklinePath(
  y: readonly (number | null)[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const known = y.filter((value) => value !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  let pen = 'M';
  let path = '';
  y.forEach((value, i) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = (i / (y.length - 1)) * width;
    const top = span === 0 ? height / 2 : height - ((value - low) / span) * height;
    path += `${pen}${round(x)} ${round(top)}`;
    pen = 'L';
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
