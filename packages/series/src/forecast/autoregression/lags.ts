/** Values that an autoregression needs for each coefficient before it trusts it. */
const ROWS_PER_LAG = 3;
/** A lag longer than this share of the series was seen too seldom; the seasonality test asks for three seasons too. */
const LONGEST_SHARE = 1 / 3;
/** The same for a season itself, which has to be seen twice. */
const SEASON_SHARE = 1 / 2;
const SHORT_LAGS = [1, 2, 3];
const MULTIPLES = [1, 2, 3, 4];
const AROUND = [0, 1, -1];

/**
 * The lags of a seasonal autoregression: 1 to 3, and for each season one to four times its length with the lags on either side,
 * as the product of a short and a seasonal polynomial would have. Added in that order as long as the series is three times as
 * long as the lag, or twice for a season itself, and leaves three values to learn from for every coefficient.
 *
 * @param n       length of the series.
 * @param seasons season lengths ≥ 2, shortest first; none for a series without a season.
 * @returns ascending lags, none for n < 7.
 */
export function seasonalLags(n: number, seasons: readonly number[]): number[] {
  const lags: number[] = [];
  const add = (lag: number, share: number) => {
    const rows = n - Math.max(lag, ...lags);
    const known = lag < 1 || lags.includes(lag);
    if (known || lag > share * n || rows < ROWS_PER_LAG * (lags.length + 2)) return;
    lags.push(lag);
  };
  for (const lag of SHORT_LAGS) add(lag, LONGEST_SHARE);
  for (const k of MULTIPLES) {
    for (const m of seasons) {
      for (const offset of AROUND) add(k * m + offset, k === 1 ? SEASON_SHARE : LONGEST_SHARE);
    }
  }
  return lags.sort((a, b) => a - b);
}
