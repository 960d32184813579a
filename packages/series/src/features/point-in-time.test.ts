import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { columnStream } from './column-stream.ts';
import { parametersOf } from './extract.ts';
import type { ColumnGroup, ColumnSet, TimedSeries } from './feature.ts';
import { featureSets } from './sets.ts';

const columnSets = featureSets.filter((set): set is ColumnSet => set.kind === 'columns');
const N = 260;

/** Noise with gaps, counts with ties, a walk with outliers; days with gaps. */
function* timedSeries(): Generator<Required<Pick<TimedSeries, 'y' | 'days'>>> {
  const random = createRandom(31);
  const days = () => {
    let day = 19_000;
    return Int32Array.from({ length: N }, () => (day += 1 + Math.floor(random() * 3)));
  };
  yield {
    y: Float64Array.from({ length: N }, () => (random() < 0.1 ? Number.NaN : random())),
    days: days(),
  };
  yield { y: Float64Array.from({ length: N }, () => 1 + Math.floor(random() * 9)), days: days() };
  let level = 0;
  yield {
    y: Float64Array.from({ length: N }, () => {
      level += random() - 0.5;
      return random() < 0.03 ? 1e6 * level : level;
    }),
    days: days(),
  };
}

const upTo = ({ y, days }: TimedSeries, end: number): TimedSeries => ({
  y: y.slice(0, end),
  ...(days === undefined ? {} : { days: days.slice(0, end) }),
});

function* claiming(set: ColumnSet): Generator<[ColumnGroup, number[]]> {
  for (const group of set.groups(parametersOf(set))) {
    const claims = group.columns.flatMap(({ pointInTime }, i) => (pointInTime ? [i] : []));
    if (claims.length > 0) yield [group, claims];
  }
}

/** Asserts without a call for every number: there are millions. */
function expectSameStart(a: Float64Array, b: Float64Array, length: number, what: string): void {
  for (let t = 0; t < length; t++) {
    if (!Object.is(a[t], b[t])) expect.fail(`${what} at ${t}: ${a[t]} and ${b[t]}`);
  }
}

describe.each(columnSets.map((set) => [set.name, set] as const))('%s', (_, set) => {
  it('knows nothing of what comes after, where it says so', () => {
    for (const series of timedSeries()) {
      for (const [group, claims] of claiming(set)) {
        const whole = group.compute(series);
        for (const end of [1, 2, 17, 90, 91, N - 1]) {
          const cut = group.compute(upTo(series, end));
          const changed = series.y.map((value, t) => (t < end ? value : 7 - 3 * value + t));
          const other = group.compute({ ...series, y: changed });
          for (const i of claims) {
            const { name } = group.columns[i]!;
            expectSameStart(cut[i]!, whole[i]!, end, `${name}, cut after ${end}`);
            expectSameStart(other[i]!, whole[i]!, end, `${name}, changed after ${end}`);
          }
        }
      }
    }
  });

  it('gives the same one value at a time', () => {
    for (const series of timedSeries()) {
      const { columns, push } = columnStream(set);
      const streamed = columns.map(() => new Float64Array(N));
      for (let t = 0; t < N; t++) {
        const now = push(series.y[t]!, series.days[t]!);
        for (let i = 0; i < columns.length; i++) streamed[i]![t] = now[i]!;
      }
      let at = 0;
      for (const group of set.groups(parametersOf(set))) {
        if (group.stream === undefined) continue;
        for (const column of group.compute(series)) {
          expectSameStart(streamed[at]!, column, N, columns[at]!);
          at++;
        }
      }
    }
  });

  it('has one column for each name, and arrays of the length of the series', () => {
    const groups = set.groups(parametersOf(set));
    const names = groups.flatMap((group) => group.columns.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    for (const n of [0, 1, 2, 3]) {
      const series = { y: new Float64Array(n).fill(5), days: new Int32Array(n).fill(19_000) };
      for (const group of groups) {
        const columns = group.compute(series);
        expect(columns.length).toBe(group.columns.length);
        expect(columns.every((column) => column.length === n)).toBe(true);
      }
    }
  });
});
