import { crc32 } from 'node:zlib';
import { agreement, streamHashes } from './agreement.ts';
import type { PieceRecord } from './journal.ts';
import type { Reply, TransferRun } from './run.ts';
import type { TransferRequest } from './transfer.ts';

/** Around each place where one answer ends and the next begins: what is shifted shows there. */
const SAMPLE_BYTES = 2048;
const MOST_SAMPLES = 256;
const WORKERS = 4;
/** Pieces asked for between two looks at whether the whole agrees now. */
const BATCH = 64;

export interface Repaired {
  /** Pieces that were replaced. */
  readonly pieces: number;
  readonly agrees: boolean;
}

/**
 * Looks for the pieces that make a whole-file hash disagree: small samples first, then the pieces in the order of suspicion, each
 * asked for again and compared. One that differs is replaced; the whole is hashed again when that may be enough. When everything
 * came twice the same, nothing is replaced.
 */
export async function repair(
  run: TransferRun,
  expected: TransferRequest['expected'],
): Promise<Repaired> {
  const suspects = await sample(run);
  const order = bySuspicion(run.state.records, run.replies, suspects);
  let pieces = 0;
  let replacedSinceHash = 0;
  const contested: { record: PieceRecord; seen: Set<number> }[] = [];
  for (let at = 0; at < order.length; ) {
    // After a find its neighbours are looked at first; the hash of the whole costs less than all the rest again.
    const batch = order.slice(at, at + BATCH);
    at += batch.length;
    await inParallel(batch, async (record) => {
      const bytes = await run.fetchAgain(record.start, record.start + record.length);
      const crc = crc32(bytes);
      if (crc === record.crc32) return;
      contested.push({
        record: { ...record, crc32: crc },
        seen: new Set([record.crc32, crc]),
      });
      await run.state.replace(record, bytes);
      pieces++;
      replacedSinceHash++;
    });
    if (replacedSinceHash > 0 && (await agrees(run, expected))) return { pieces, agrees: true };
    replacedSinceHash = 0;
  }
  // Two versions of these were seen, and the second does not do either: a third decides where it repeats one of them.
  for (const { record, seen } of contested) {
    const bytes = await run.fetchAgain(record.start, record.start + record.length);
    const current = run.state.records.find(({ start }) => start === record.start);
    if (!current || crc32(bytes) === current.crc32 || seen.size < 2) continue;
    await run.state.replace(current, bytes);
    pieces++;
    if (await agrees(run, expected)) return { pieces, agrees: true };
  }
  return { pieces, agrees: false };
}

async function agrees(run: TransferRun, expected: TransferRequest['expected']): Promise<boolean> {
  const hashes = await run.state.hashes(streamHashes(expected.hashes, run.request.alsoHash));
  return hashes !== null && agreement(hashes, expected).accepted;
}

/** Answers whose beginning or end is not what the server gives now. */
async function sample(run: TransferRun): Promise<Set<Reply>> {
  const suspects = new Set<Reply>();
  const replies = [...run.replies].sort((a, b) => Number(b.odd) - Number(a.odd));
  await inParallel(replies.slice(0, MOST_SAMPLES), async (reply) => {
    const { start, end } = reply;
    if (end - start <= 4 * SAMPLE_BYTES) return;
    for (const from of [start, end - SAMPLE_BYTES]) {
      const now = await run.fetchAgain(from, from + SAMPLE_BYTES);
      if (now.equals(await run.state.read(from, SAMPLE_BYTES))) continue;
      suspects.add(reply);
      return;
    }
  });
  return suspects;
}

/** Proven wrong, odd, on the connection of one of these, the rest in the order of the file. */
function bySuspicion(
  records: readonly PieceRecord[],
  replies: readonly Reply[],
  proven: ReadonlySet<Reply>,
): PieceRecord[] {
  const bad = replies.filter((reply) => reply.odd || proven.has(reply));
  const connections = new Set(bad.map((reply) => reply.connection));
  const grade = (reply: Reply): number =>
    proven.has(reply) ? 3 : reply.odd ? 2 : connections.has(reply.connection) ? 1 : 0;
  const graded = replies.map((reply) => ({ ...reply, grade: grade(reply) }));
  graded.sort((a, b) => b.grade - a.grade);
  const of = (record: PieceRecord): number =>
    graded.find(({ start, end }) => start < record.start + record.length && end > record.start)
      ?.grade ?? 0;
  return records
    .map((record) => ({ record, grade: of(record) }))
    .sort((a, b) => b.grade - a.grade || a.record.start - b.record.start)
    .map(({ record }) => record);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(WORKERS, items.length) }, async () => {
      while (next < items.length) await work(items[next++]!);
    }),
  );
}
