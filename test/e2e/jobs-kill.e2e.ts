import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createEmbeddedQueue } from '../../packages/server/src/core/jobs/embedded/embedded-queue.ts';
import { describeDatabases, silentLog } from '../../packages/server/src/testing/databases.ts';
import { createRandom } from '../../packages/server/src/testing/random.ts';

const child = fileURLToPath(
  new URL('../../packages/server/src/testing/job-kill-worker.ts', import.meta.url),
);
const KILLS = 20;

/** Runs the child until it has said `lines` lines, then kills it; without a number until it ends by itself. */
async function run(
  args: readonly string[],
  onLine: (line: string) => void,
  lines = Number.POSITIVE_INFINITY,
): Promise<number | null> {
  const process_ = spawn(process.execPath, [child, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => process_.once('exit', resolve));
  let seen = 0;
  for await (const line of createInterface({ input: process_.stdout })) {
    onLine(line);
    seen += 1;
    if (seen === lines) process_.kill('SIGKILL');
  }
  return exited;
}

describeDatabases('jobs', ({ create, connect }) => {
  it(`run to completion, each with its effect once, when the process is killed ${KILLS} times`, async () => {
    const url = await create();
    const random = createRandom(20);
    const accepted = new Map<number, string>();
    let runs = 0;
    const onLine = (line: string) => {
      const [what, n, id] = line.split(' ');
      if (what === 'accepted') accepted.set(Number(n), id ?? '');
      else runs += 1;
    };

    for (let kill = 0; kill < KILLS; kill++) {
      const first = Math.max(-1, ...accepted.keys()) + 1;
      const lines = 1 + Math.floor(random() * 80);
      // null: it ended by the signal and not by itself.
      expect(await run([url, String(first)], onLine, lines)).toBeNull();
    }
    expect(await run([url, '0', 'drain'], onLine)).toBe(0);

    const db = await connect(url);
    const rows = await db.query
      .withTables<{ test_effects: { n: number; job_id: string } }>()
      .selectFrom('test_effects')
      .selectAll()
      .execute();
    const effects = new Map(rows.map((row) => [row.n, row.job_id]));
    expect(effects.size).toBe(rows.length);
    for (const n of accepted.keys()) expect(effects.has(n), `effect of job ${n}`).toBe(true);

    const queue = createEmbeddedQueue({ db, log: silentLog });
    expect((await queue.counts()).map(({ state }) => state)).toEqual(['done']);
    for (const id of accepted.values())
      expect(await queue.get(id)).toMatchObject({ state: 'done' });
    const repeated = runs - rows.length;
    console.log(
      `${accepted.size} jobs accepted, ${rows.length} effects, ${repeated} runs repeated`,
    );
  }, 300_000);
});
