import {
  fitBoostedTrees,
  fitLogistic,
  predictBoosted,
  predictLogistic,
} from '../../packages/series/src/index.ts';
import { leastSquares } from '../../packages/series/src/math/least-squares.ts';
import { type StockDay, stockTable } from './stock-days.ts';

const BLOCK_MONTHS = 6;
/** Squared percents keep the columns of the regression at the size of its constant. */
const PERCENT = 1e4;

/** A day of the test with what was forecast at its close: a probability of a rise by model, a variance by method. */
export interface Judged extends StockDay {
  readonly up: Readonly<Record<string, number>>;
  readonly variance: Readonly<Record<string, number>>;
}

export const rose = ({ next }: StockDay) => (next > 0 ? 1 : 0);

/**
 * Forecasts of every day from a date on, ISO: every six months the models are fitted anew to all symbols' days whose outcome was
 * known before.
 */
export function walkForward(days: readonly StockDay[], from: string): Judged[] {
  const judged: Judged[] = [];
  const start = new Date(`${from}T00:00Z`);
  const today = () => start.getTime() / 86_400_000;
  const last = Math.max(...days.map(({ day }) => day));
  while (today() <= last) {
    const first = today();
    start.setUTCMonth(start.getUTCMonth() + BLOCK_MONTHS);
    const train = days.filter(({ known }) => known < first);
    const test = days.filter(({ day }) => day >= first && day < today());
    judged.push(...judge(train, test));
  }
  return judged;
}

function judge(train: readonly StockDay[], test: readonly StockDay[]): Judged[] {
  const [table, unseen] = [stockTable(train), stockTable(test)];
  const y = Float64Array.from(train, rose);
  const logistic = predictLogistic(fitLogistic(table, y, { ridge: 1 }), unseen);
  const settings = { objective: 'binary', rounds: 200, learningRate: 0.05, maxDepth: 3 } as const;
  const trees = predictBoosted(fitBoostedTrees(table, y, settings), unseen);
  const squares = Float64Array.from(train, ({ next }) => PERCENT * next ** 2);
  const columns = [0, 1, 2].map((k) => Float64Array.from(train, ({ har }) => PERCENT * har[k]!));
  const [base, ...slopes] = leastSquares(
    [new Float64Array(train.length).fill(1), ...columns],
    squares,
  );
  const least = train.reduce((low, { har }) => Math.min(low, har[2]!), Number.POSITIVE_INFINITY);
  return test.map((day, i) => ({
    ...day,
    up: { logistic: logistic[i]!, trees: trees[i]! },
    variance: {
      const250: day.constant,
      ewma94: day.weighted,
      // A line may fall below zero: no lower than the calmest month of the training.
      har: Math.max(
        least,
        day.har.reduce((sum, x, k) => sum + slopes[k]! * x, base! / PERCENT),
      ),
    },
  }));
}
