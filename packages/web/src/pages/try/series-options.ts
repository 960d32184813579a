/** Columns and season of a file of series, as options: those that were said. */
export function seriesOptions({
  season,
  id,
  time,
  y,
}: {
  readonly season: number | string;
  readonly id: string;
  readonly time: string;
  readonly y: string;
}) {
  const named = Object.entries({ id, time, y })
    .map(([name, column]) => [name, column.trim()] as const)
    .filter(([, column]) => column !== '');
  return {
    ...(named.length > 0 && { layout: Object.fromEntries(named) }),
    ...(typeof season === 'number' && { season }),
  };
}
