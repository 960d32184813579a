/**
 * Prophet's model beside R prophet 1.0 and beside augurs, the maintained WASM package: agreement of the forecast, and processor
 * time of a fit.
 *
 *   node bench/prophet.ts
 *
 * Data: the seven recorded runs in `../shared/reference/forecast/prophet` beside the repository, or under KIZASHI_REFERENCE. augurs
 * is no dependency of the repository; to measure it in the same run, install it anywhere and name the folder:
 *   npm install --prefix /tmp/augurs @bsull/augurs @bsull/augurs-prophet-wasmstan
 *   KIZASHI_AUGURS=/tmp/augurs node bench/prophet.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fitAdditive } from '../packages/series/src/index.ts';
import {
  largestShare,
  type ProphetRun,
  prophetFolder,
  prophetRuns,
} from '../packages/series/src/testing/prophet-runs.ts';

/** Fits and forecasts, timed; the first of two rounds compiles. */
type Engine = (run: ProphetRun) => { fitMs: number; predictMs: number; mean: ArrayLike<number> };

const engines: Record<string, Engine> = {
  'ours, search prophet': ours('prophet'),
  'ours, search exact': ours('exact'),
  ...(await augurs()),
};
const runs = prophetRuns();
if (runs.length === 0) console.log(`skipped: no reference data at ${prophetFolder}`);
else {
  console.log(row(['run', 'engine', 'fit ms', 'predict ms', 'yhat apart', 'R fit ms', 'ratio']));
  for (const run of runs) {
    const rMs = run.expected.fit_cpu_s * 1000;
    for (const [name, engine] of Object.entries(engines)) {
      engine(run);
      const { fitMs, predictMs, mean } = engine(run);
      const apart = `${(100 * largestShare(mean, run.expected.future.yhat!)).toFixed(3)} %`;
      const cells = [fitMs.toFixed(1), predictMs.toFixed(1), apart, rMs.toFixed(0)];
      console.log(row([run.name, name, ...cells, (fitMs / rMs).toFixed(3)]));
    }
  }
}

function ours(search: 'prophet' | 'exact'): Engine {
  return ({ history, future, limit, options }) => {
    const [model, fitMs] = timed(() =>
      fitAdditive({ ...history, ...limit }, { ...options, search }),
    );
    const [{ mean }, predictMs] = timed(() => model.predict({ t: future, ...limit }, [0.8]));
    return { fitMs, predictMs, mean };
  };
}

async function augurs(): Promise<Record<string, Engine>> {
  const folder = process.env.KIZASHI_AUGURS;
  if (folder === undefined) {
    console.log('augurs is not measured: see the head of bench/prophet.ts');
    return {};
  }
  const packages = join(folder, 'node_modules/@bsull');
  const load = (path: string) => import(pathToFileURL(join(packages, path)).href);
  const { Prophet, initSync } = await load('augurs/prophet.js');
  initSync({ module: readFileSync(join(packages, 'augurs/prophet_bg.wasm')) });
  const { optimizer } = await load('augurs-prophet-wasmstan/prophet-wasmstan.js');
  const { version } = JSON.parse(readFileSync(join(packages, 'augurs/package.json'), 'utf8'));
  const seconds = (t: Float64Array) => Array.from(t, (time) => time / 1000);
  return {
    [`augurs ${version}`]: ({ history, future, limit, options }) => {
      const caps = (n: number) =>
        limit.cap === undefined ? {} : { cap: new Array<number>(n).fill(limit.cap) };
      const present = [...history.y.keys()].filter((i) => Number.isFinite(history.y[i]!));
      const t = Float64Array.from(present, (i) => history.t[i]!);
      const y = Float64Array.from(present, (i) => history.y[i]!);
      const holidays = new Map(
        (options.events ?? []).map(({ name, days }) => [
          name,
          // Both days of the window; its two coefficients are one here.
          { occurrences: days.map((day) => ({ start: day * 86_400, end: (day + 2) * 86_400 })) },
        ]),
      );
      const [prophet, fitMs] = timed(() => {
        const made = new Prophet({
          optimizer,
          growth: options.growth ?? 'linear',
          seasonalityMode: options.mode ?? 'additive',
          changepointPriorScale: options.changepointPriorScale ?? 0.05,
          ...(holidays.size > 0 && { holidays, holidaysPriorScale: 10 }),
        });
        made.fit({ ds: seconds(t), y: Array.from(y), ...caps(t.length) });
        return made;
      });
      const [{ yhat }, predictMs] = timed(() =>
        prophet.predict({ ds: seconds(future), ...caps(future.length) }),
      );
      return { fitMs, predictMs, mean: yhat.point };
    },
  };
}

/** With its processor time. */
function timed<T>(work: () => T): [result: T, ms: number] {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return [result, (user + system) / 1000];
}

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => (i < 2 ? cell.padEnd(22) : cell.padStart(12))).join('');
}
