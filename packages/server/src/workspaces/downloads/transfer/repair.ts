import { crc32 } from 'node:zlib';
import { agreement, streamHashes } from './agreement.ts';
import type { PieceRecord } from './journal.ts';
import type { Reply } from './line.ts';
import type { TransferRun } from './run.ts';
import type { TransferRequest } from './transfer.ts';

/** Around each place where one answer ends and the next begins: what is shifted shows there. */
const SAMPLE_BYTES = 2048;
const MOST_SAMPLES = 256;
const WORKERS = 4;

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
  const order = bySuspicion(run.state.records, run.fetching.bodies.replies, suspects);
  let pieces = 0;
  const contested: { record: PieceRecord; seen: Set<number> }[] = [];
  // The whole is hashed again after the first find, then after two more, four more: often enough for one damaged piece, and
  // seldom enough for hundreds.
  let found = 0;
  for (let at = 0, enough = 1; at < order.length; enough *= 2, found = 0) {
    await inParallel(WORKERS, async () => {
      while (at < order.length && found < enough) {
        const record = order[at++]!;
        const bytes = await run.fetching.fetchAgain(record.start, record.start + record.length);
        const crc = crc32(bytes);
        if (crc === record.crc32) continue;
        contested.push({ record, seen: new Set([record.crc32, crc]) });
        await run.state.replace(record, bytes);
        pieces++;
        found++;
      }
    });
    if (found > 0 && (await agrees(run, expected))) return { pieces, agrees: true };
  }
  // Two versions of these were seen, and the second does not do either: a third decides where it repeats one of them.
  for (const { record, seen } of contested) {
    const bytes = await run.fetching.fetchAgain(record.start, record.start + record.length);
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
  const replies = [...run.fetching.bodies.replies].sort((a, b) => Number(b.odd) - Number(a.odd));
  const places = replies
    .slice(0, MOST_SAMPLES)
    .filter(({ start, end }) => end - start > 4 * SAMPLE_BYTES)
    .flatMap((reply) => [
      { reply, from: reply.start },
      { reply, from: reply.end - SAMPLE_BYTES },
    ]);
  await inParallel(WORKERS, async () => {
    for (let place = places.shift(); place; place = places.shift()) {
      const { reply, from } = place;
      if (suspects.has(reply)) continue;
      const now = await run.fetching.fetchAgain(from, from + SAMPLE_BYTES);
      if (!now.equals(await run.state.read(from, SAMPLE_BYTES))) suspects.add(reply);
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
  // Both in the order of the file, so that one walk finds the answers each record came with: there may be a hundred thousand.
  const inOrder = [...replies].sort((a, b) => a.start - b.start);
  let first = 0;
  const of = ({ start, length }: PieceRecord): number => {
    while (first < inOrder.length && inOrder[first]!.end <= start) first++;
    let worst = 0;
    for (let i = first; i < inOrder.length && inOrder[i]!.start < start + length; i++)
      if (inOrder[i]!.end > start) worst = Math.max(worst, grade(inOrder[i]!));
    return worst;
  };
  return records
    .map((record) => ({ record, grade: of(record) }))
    .sort((a, b) => b.grade - a.grade || a.record.start - b.record.start)
    .map(({ record }) => record);
}

/** All have ended when it returns, also when one of them fails: none goes on in a file that is being changed. */
async function inParallel(workers: number, work: () => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(Array.from({ length: workers }, work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
