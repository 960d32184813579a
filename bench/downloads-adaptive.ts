// The optimiser against fixed numbers of connections, on the real engine and a server in a process of its own. Each scenario is
// run with 1, 2, 4, 8 and 16 connections in all and with the adaptive mode, which knows nothing of the host; the order is shuffled
// in each round, and the medians are compared: of 7 rounds, or of 3 where the server holds back and a run takes long.
//
//   npm run bench -- downloads-adaptive [rounds=n] [scale=1] [why=1] [simulated | word of a scenario]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportFormat } from '../packages/server/src/core/reports/reports.ts';
import { createRandom } from '../packages/server/src/testing/random.ts';
import { createOptimiser } from '../packages/server/src/workspaces/downloads/optimiser/create-optimiser.ts';
import { explain } from '../packages/server/src/workspaces/downloads/optimiser/explain.ts';
import {
  type Decider,
  fixed,
} from '../packages/server/src/workspaces/downloads/optimiser/testing/simulated-network.ts';
import {
  BOUNDS,
  SETTINGS,
  simulatedTimes,
  WORLDS,
} from '../packages/server/src/workspaces/downloads/optimiser/testing/worlds.ts';
import { createTransferEngine } from '../packages/server/src/workspaces/downloads/transfer/engine.ts';
import { fetchDecided } from './support/downloads-decided.ts';
import type { ServedScenario } from './support/downloads-file-server.ts';
import { median } from './support/downloads-run.ts';

const MB = 1_000_000;
type Setting = (typeof SETTINGS)[number] | 'adaptive';

const words = process.argv.slice(2);
const numberOf = (name: string, usual: number) =>
  Number(words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? usual);
const scale = numberOf('scale', 1);
/** Shows the decisions. */
const why = numberOf('why', 0) === 1;
const wanted = words.filter((word) => !word.includes('='));

const random = createRandom(5);
const small = Array.from({ length: 200 }, () => Math.round(50_000 + 450_000 * random()));
const many = Array.from({ length: 200 }, () => 5 * MB);
const SCENARIOS: readonly (ServedScenario & {
  readonly title: string;
  /** Few connections would take minutes: they get this share of the bytes, and the throughput is compared. */
  readonly lessFor?: number;
})[] = [
  { title: 'unthrottled: 1 GB', seed: 1, sizes: [1000 * MB] },
  {
    title: 'throttled: 10 MB/s each, 8 allowed',
    seed: 2,
    rate: 10 * MB,
    sizes: [1000 * MB],
    maxConnections: 8,
    lessFor: 4,
  },
  {
    title: 'throttled: 10 MB/s each, 16 allowed',
    seed: 3,
    rate: 10 * MB,
    sizes: [1000 * MB],
    maxConnections: 16,
    lessFor: 4,
  },
  { title: 'small: 200 of 50 to 500 kB, 50 ms latency', seed: 4, latencyMs: 50, sizes: small },
  {
    title: 'faults: 200 of 5 MB, 5 % resets, 2 % 503',
    seed: 5,
    sizes: many,
    resets: 0.05,
    unavailable: 0.02,
  },
  {
    title: 'cap: 10 MB/s each, 4 allowed',
    seed: 6,
    rate: 10 * MB,
    sizes: [300 * MB],
    maxConnections: 4,
    lessFor: 4,
  },
];

function adaptive(): Decider {
  const optimiser = createOptimiser({ bounds: BOUNDS });
  const words = reportFormat('en', 'UTC');
  const begun = Date.now();
  optimiser.onDecision((decision) => {
    if (why) console.log(`  ${decision.at - begun} ms: ${explain(decision, words)}`);
  });
  return optimiser;
}

/** Fetches everything; gives bytes per second, connections that were open at once, and processor seconds. */
async function run(url: string, sizes: readonly number[], decider: Decider) {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
  const engine = createTransferEngine();
  try {
    // The thread of the transfers is there already when a product begins with a file.
    await engine.start({
      ...{ id: 'warm', partPath: join(folder, 'warm'), expected: { hashes: {} }, alsoHash: [] },
      limits: { connections: 1, pieceBytes: MB },
      locate: async () => ({ url: `${url}/warm`, headers: {} }),
    }).done;
    const files = sizes.map((sizeBytes, i) => ({
      ...{ url: `${url}/${i}`, path: join(folder, String(i)), sizeBytes },
    }));
    for (const { path, sizeBytes } of files) writeZeros(path, sizeBytes);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const { most, failed } = await fetchDecided(engine, files, decider);
    if (failed.length > 0) throw new Error(failed.join(', '));
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    return { rate: bytes / seconds, seconds, most, cpuSeconds: (user + system) / 1e6 };
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The file is in memory already when it is fetched. Fresh memory for a gigabyte comes slowly from the host of a virtual machine, in
 * some runs and not in others, and that is nobody's choice of connections.
 */
function writeZeros(path: string, sizeBytes: number): void {
  const part = Buffer.alloc(MB);
  const file = openSync(path, 'wx');
  for (let at = 0; at < sizeBytes; at += part.length)
    writeSync(file, part, 0, Math.min(part.length, sizeBytes - at));
  closeSync(file);
}

async function measure(scenario: (typeof SCENARIOS)[number], setting: Setting) {
  const few = typeof setting === 'number' && setting <= 2 ? (scenario.lessFor ?? 1) : 1;
  const sizes =
    scenario.sizes.length === 1
      ? [Math.round((scenario.sizes[0]! * scale) / few)]
      : scenario.sizes.slice(0, Math.ceil(scenario.sizes.length * scale));
  const server = fork(
    join(import.meta.dirname, 'support/downloads-file-server.ts'),
    [JSON.stringify({ ...scenario, sizes })],
    { execArgv: [] },
  );
  const [url] = (await once(server, 'message')) as [string];
  try {
    const decider = setting === 'adaptive' ? adaptive() : fixed(setting, sizes);
    return await run(url, sizes, decider);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

if (wanted.length === 0 || wanted.includes('simulated')) {
  console.log('\nsimulated, the same on every machine: seconds with 1, 2, 4, 8, 16, and chosen');
  for (const [title, world] of Object.entries(WORLDS)) {
    const times = simulatedTimes(world);
    const best = Math.min(...times.fixed);
    const seconds = [...times.fixed, times.adaptive].map((ms) =>
      (ms / 1000).toFixed(2).padStart(6),
    );
    const ratios = [times.adaptive, times.again].map((ms) => (ms / best).toFixed(3));
    console.log(`${seconds.join(' ')}   x ${ratios[0]}, again ${ratios[1]}   ${title}`);
  }
}

// Code that runs for the first time is slow: not the first setting's fault.
await measure({ title: '', seed: 9, sizes: many.slice(0, 40) }, 4);

let missed = 0;
for (const scenario of SCENARIOS) {
  if (wanted.length > 0 && !wanted.some((word) => scenario.title.includes(word))) continue;
  const rounds = numberOf('rounds', scenario.rate === undefined ? 7 : 3);
  const seen = new Map<Setting, Awaited<ReturnType<typeof run>>[]>();
  for (let round = 0; round < rounds; round++) {
    const order: Setting[] = [...SETTINGS, 'adaptive'];
    order.sort(() => random() - 0.5);
    for (const setting of order) {
      const measured = await measure(scenario, setting);
      seen.set(setting, [...(seen.get(setting) ?? []), measured]);
    }
  }
  console.log(`\n${scenario.title} (median of ${rounds})`);
  const rates = new Map(
    [...seen].map(([setting, runs]) => [setting, median(runs.map(({ rate }) => rate))]),
  );
  for (const setting of [...SETTINGS, 'adaptive'] as const) {
    const runs = seen.get(setting)!;
    const line = [
      String(setting).padStart(8),
      `${(rates.get(setting)! / MB).toFixed(1).padStart(8)} MB/s`,
      `${median(runs.map(({ seconds }) => seconds))
        .toFixed(2)
        .padStart(7)} s`,
      `${median(runs.map(({ cpuSeconds }) => cpuSeconds))
        .toFixed(2)
        .padStart(6)} s of processor`,
      `${Math.max(...runs.map(({ most }) => most))} connections at most`,
    ];
    console.log(line.join('  '));
  }
  const best = Math.max(...SETTINGS.map((setting) => rates.get(setting)!));
  const ratio = rates.get('adaptive')! / best;
  if (ratio < 0.95) missed++;
  console.log(`adaptive / best fixed: ${ratio.toFixed(3)}${ratio < 0.95 ? '  (goal 0.95)' : ''}`);
}
process.exitCode = missed > 0 ? 1 : 0;
