/**
 * Where a key takes somebody who walks along `count` points. Begins at the newest point when coming from outside.
 *
 * @returns the point, null to leave the points, undefined when the key means nothing here.
 */
export function nextPoint(
  key: string,
  point: number | null,
  count: number,
): number | null | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min((point ?? last - 1) + 1, last);
    case 'ArrowLeft':
      return Math.max((point ?? count) - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}
