/**
 * The transfer engine beside aria2 and curl, in the same run, by turns:
 *
 *   npm run bench:downloads [-- downloads-speed] [one | throttled | small] [rounds=5] [scale=1]
 *
 * one: 1 GB without a brake on the loopback, with SHA-256, eight connections. Goal: 1.3 times aria2 with checksum, no more
 * processor time than it, at most 160 MB. throttled: 10 MB/s for each connection, eight and sixteen. Goal: 97 % of their sum. small: 200
 * files of 50 to 500 kB at 50 ms of latency, sixteen at once. Goal: 1.25 times curl's time. Medians; processor time is user and
 * system of the whole process (the server is another one); ours without the start of Node in `seconds`, with it in `cpu`.
 */
import { join } from 'node:path';
import { createRandom } from '../packages/server/src/testing/random.ts';
import {
  contentHash,
  patternContent,
} from '../packages/server/src/workspaces/downloads/testing/content.ts';
import {
  chosen,
  fetchOurs,
  hasPeer,
  measure,
  median,
  newFolder,
  numberWord,
  percent,
  removeFolder,
  serve,
} from './support/downloads-run.ts';

const MB = 1_000_000;
/** What the optimiser comes to with eight connections: small where nothing is lost by it, a fifth of a second where a rate is set. */
const PIECE = 7 << 16;
const PIECE_THROTTLED = 7 << 18;
const rounds = numberWord('rounds', 5);
/** Of size and rate where a rate is set: a tenth on a machine that is too slow for 160 MB/s. */
const scale = numberWord('scale', 1);
const aria2 = hasPeer('aria2c');
const curl = hasPeer('curl');

interface Sample {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
}
type Runner = (
  folder: string,
) => Promise<Sample & { readonly ok: boolean; readonly said?: string }>;

/** Each in turn, so that what else the machine does hits all alike. */
async function compare(runners: Readonly<Record<string, Runner>>): Promise<Map<string, Sample>> {
  const all = new Map<string, Sample[]>(Object.keys(runners).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, runner] of Object.entries(runners)) {
      const folder = newFolder();
      const { ok, said, ...sample } = await runner(folder);
      removeFolder(folder);
      if (!ok) console.log(`  ${name} failed: ${said ?? ''}`);
      else all.get(name)!.push(sample);
    }
  const medians = new Map<string, Sample>();
  for (const [name, samples] of all) {
    if (samples.length === 0) continue;
    const of = (key: keyof Sample): number => median(samples.map((sample) => sample[key]));
    medians.set(name, {
      seconds: of('seconds'),
      cpuSeconds: of('cpuSeconds'),
      rssMb: Math.max(...samples.map(({ rssMb }) => rssMb)),
    });
  }
  return medians;
}

function show(medians: ReadonlyMap<string, Sample>, bytes: number): void {
  for (const [name, { seconds, cpuSeconds, rssMb }] of medians)
    console.log(
      `  ${name.padEnd(22)} ${seconds.toFixed(2).padStart(7)} s  ${(bytes / seconds / MB).toFixed(1).padStart(7)} MB/s  cpu ${cpuSeconds.toFixed(2).padStart(6)} s  rss ${rssMb.toFixed(0).padStart(4)} MB`,
    );
}

const ours =
  (
    urls: readonly string[],
    options: { files: number; connections: number; sha256?: string; pieceBytes?: number },
  ): Runner =>
  async (folder) => {
    const outcome = await fetchOurs({
      files: urls.map((url, i) => ({
        url,
        path: join(folder, String(i)),
        ...(options.sha256 && { sha256: options.sha256 }),
      })),
      fixed: {
        parallelFiles: options.files,
        connections: options.connections,
        pieceBytes: options.pieceBytes ?? PIECE,
      },
    });
    return { ...outcome, ok: outcome.failed.length === 0, said: outcome.failed[0] ?? '' };
  };

async function big(connections: number, rate: number | undefined, size: number): Promise<void> {
  const sha256 = await contentHash(patternContent(size));
  const server = await serve({ sizes: [size], seed: 1, ...(rate && { rate }) });
  const url = `${server.url}/0`;
  const each = String(connections);
  const medians = await compare({
    ours: ours([url], {
      files: 1,
      connections,
      sha256,
      ...(rate && { pieceBytes: Math.round(PIECE_THROTTLED * scale) }),
    }),
    ...(aria2 && {
      'aria2 with checksum': (folder: string) =>
        measure('aria2c', [
          ...['-q', '--no-conf', `-x${each}`, `-s${each}`, '-k1M', `--checksum=sha-256=${sha256}`],
          ...['-d', folder, url],
        ]),
    }),
    ...(curl &&
      !rate && {
        'curl, no checksum': (folder: string) => measure('curl', ['-sSo', join(folder, '0'), url]),
      }),
  });
  server.close();
  show(medians, size);
  const mine = medians.get('ours');
  const peer = medians.get('aria2 with checksum');
  if (mine && rate)
    console.log(
      `  of ${connections} x rate: ${percent(size / mine.seconds / (connections * rate))} (goal 97 %)`,
    );
  if (mine && peer && !rate)
    console.log(
      `  ${(peer.seconds / mine.seconds).toFixed(2)} x aria2 (goal 1.3), cpu ${percent(mine.cpuSeconds / peer.cpuSeconds)} of aria2's, ${mine.rssMb.toFixed(0)} MB (goal 160)`,
    );
}

async function small(): Promise<void> {
  const random = createRandom(4);
  const sizes = Array.from({ length: 200 }, () => Math.round(50_000 + 450_000 * random()));
  const server = await serve({ sizes, seed: 1, latencyMs: 50 });
  const urls = sizes.map((_, i) => `${server.url}/${i}`);
  const medians = await compare({
    ours: ours(urls, { files: 16, connections: 1 }),
    ...(curl && {
      'curl --parallel': (folder: string) =>
        measure('curl', [
          ...[
            '-sS',
            '--parallel',
            '--parallel-max',
            '16',
            '--output-dir',
            folder,
            '--remote-name-all',
          ],
          ...urls,
        ]),
    }),
    ...(aria2 && {
      aria2: (folder: string) =>
        measure('aria2c', ['-q', '--no-conf', '-j16', '-Z', '-d', folder, ...urls]),
    }),
  });
  server.close();
  show(
    medians,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const mine = medians.get('ours');
  const peer = medians.get('curl --parallel');
  if (mine && peer)
    console.log(`  ${(mine.seconds / peer.seconds).toFixed(2)} x curl's time (goal 1.25)`);
}

if (chosen('one')) {
  console.log('1 GB on the loopback, eight connections, SHA-256');
  await big(8, undefined, 1000 * MB);
}
if (chosen('throttled'))
  for (const connections of [8, 16]) {
    console.log(`1 GB at 10 MB/s for each of ${connections} connections`);
    await big(connections, 10 * MB * scale, 1000 * MB * scale);
  }
if (chosen('small')) {
  console.log('200 files of 50 to 500 kB, 50 ms latency, sixteen at once');
  await small();
}
