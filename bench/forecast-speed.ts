/**
 * Time of `autoForecast` as a page view asks for it: 374 days of real sales with an outlier on the last day, 28 days ahead; and
 * as an alert asks for it: each of 30 days from the ones before it.
 *
 *   node bench/forecast-speed.ts
 */
import { readFileSync } from 'node:fs';
import { autoForecast } from '../packages/series/src/index.ts';

const fixture = new URL('../packages/series/fixtures/online-retail-daily.json', import.meta.url);
const y = Float64Array.from(JSON.parse(readFileSync(fixture, 'utf8')).values as number[]);

report('one forecast of 28 days', 40, () => {
  autoForecast(y, { m: 7, h: 28, nonNegative: true });
});
report('30 forecasts of one day', 5, () => {
  for (let n = y.length - 30; n < y.length; n++) {
    autoForecast(y.subarray(0, n), { m: 7, h: 1, levels: [0.95], nonNegative: true });
  }
});

function report(what: string, runs: number, work: () => void): void {
  work();
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < runs; i++) {
    const used = process.cpuUsage();
    const start = performance.now();
    work();
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  console.log(
    `${what}: ${summary(wall)} ms, CPU ${summary(cpu)} ms (median, least to most of ${runs})`,
  );
}

function summary(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, middle, most] = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
  return `${middle.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`;
}
