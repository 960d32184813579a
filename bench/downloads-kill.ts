/**
 * Two SIGKILLs during 1 GB: how much comes over the network twice, counted by the server. Beside aria2 with a control file.
 *
 *   npm run bench:downloads -- downloads-kill [rounds=3]
 *
 * The process is killed when the server has sent a third and two thirds; the third run ends. Goal: at most 2 % fetched twice and
 * the right SHA-256. Connections and pieces are what the product chooses, as for every file it fetches; aria2 has eight.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import {
  contentHash,
  patternContent,
} from '../packages/server/src/workspaces/downloads/testing/content.ts';
import {
  type BenchServer,
  hasPeer,
  median,
  newFolder,
  numberWord,
  percent,
  removeFolder,
  serve,
  startOurs,
} from './support/downloads-run.ts';

const PEER = 'aria2c';
const SIZE = 1_000_000_000;
const rounds = numberWord('rounds', 3);
const aria2 = hasPeer(PEER);
const sha256 = await contentHash(patternContent(SIZE));

async function killed(server: BenchServer, start: () => ChildProcess): Promise<number> {
  for (const share of [1 / 3, 2 / 3, Number.POSITIVE_INFINITY]) {
    const child = start();
    child.stdout?.resume();
    let ended = false;
    const closed = once(child, 'close').then(() => {
      ended = true;
    });
    while (!ended) {
      if ((await server.counts()).bodyBytes >= share * SIZE) child.kill('SIGKILL');
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5))]);
    }
  }
  return (await server.counts()).bodyBytes / SIZE - 1;
}

async function run(
  name: string,
  start: (url: string, folder: string) => ChildProcess,
): Promise<void> {
  const twice: number[] = [];
  let right = 0;
  for (let round = 0; round < rounds; round++) {
    const server = await serve({ sizes: [SIZE], seed: 1 });
    const folder = newFolder();
    twice.push(await killed(server, () => start(`${server.url}/0`, folder)));
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, '0'))) hash.update(chunk as Buffer);
    if (hash.digest('hex') === sha256) right++;
    server.close();
    removeFolder(folder);
  }
  console.log(
    `  ${name.padEnd(8)} fetched twice: ${percent(median(twice))} (${twice.map(percent).join(', ')}), right ${right}/${rounds}`,
  );
}

console.log('1 GB on the loopback, SIGKILL at a third and at two thirds');
await run('ours', (url, folder) =>
  startOurs({
    files: [{ url, path: join(folder, '0'), sizeBytes: SIZE, sha256 }],
  }),
);
if (aria2)
  await run('aria2', (url, folder) =>
    spawn(PEER, ['-q', '--no-conf', '-c', '-x8', '-s8', '-k1M', '-d', folder, url], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
console.log('  goal: at most 2 %');
