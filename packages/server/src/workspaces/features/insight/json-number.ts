/** JSON knows neither NaN nor infinities. */
export function nullable(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
