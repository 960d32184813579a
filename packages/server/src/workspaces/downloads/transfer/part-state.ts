import { crc32 } from 'node:zlib';
import type { Hashes } from '../contract.ts';
import type { DiskGate } from './disk-gate.ts';
import { combineCrc32, reversedHex } from './hash/crc32.ts';
import { createDigests, type StreamHash } from './hash/digests.ts';
import type { Follower, Hasher } from './hash/follower.ts';
import type { Block, BlockPool } from './http/blocks.ts';
import type { HttpConnection } from './http/connection.ts';
import { type FileIdentity, Journal, type PieceRecord } from './journal.ts';
import { type DiskFile, diskError, type OpenDiskFile, readUpTo, writeWhole } from './part-file.ts';
import { type Range, RangeSet } from './ranges.ts';
import type { ResponseFacts } from './transfer.ts';

/** Files up to this come in one go: no journal, hashed where they are. */
const SMALL_BYTES = 1 << 20;

export interface PartEnvironment {
  readonly open: OpenDiskFile;
  readonly blocks: BlockPool;
  readonly gate: DiskGate;
  readonly hasher: Hasher;
}

/** An unfinished file: its bytes, which of them are there, and the journal that says so after a crash. */
export class PartState {
  readonly done = new RangeSet();
  identity: FileIdentity | null = null;
  facts: ResponseFacts | null = null;
  /** Pieces found to differ from what came, which are fetched again. */
  badPieces = 0;
  readonly #path: string;
  readonly #environment: PartEnvironment;
  readonly #hashes: readonly StreamHash[];
  readonly #listener: { onBad: () => void; onFailure: (error: unknown) => void };
  readonly #journal: Journal;
  /** There or on the way. */
  readonly #taken = new RangeSet();
  /** Sorted, without overlaps. */
  #records: PieceRecord[] = [];
  readonly #writes = new Set<Promise<void>>();
  #file: DiskFile | null = null;
  #follower: Follower | null = null;
  /** Of the records, these many were given to the follower. */
  #followed = 0;
  #journaled = false;
  #generation = 0;
  #onInterrupt: () => void = () => {};

  constructor(
    path: string,
    hashes: readonly StreamHash[],
    environment: PartEnvironment,
    listener: { onBad: () => void; onFailure: (error: unknown) => void },
  ) {
    this.#path = path;
    this.#hashes = hashes;
    this.#environment = environment;
    this.#listener = listener;
    this.#journal = new Journal(path, listener.onFailure);
  }

  get records(): readonly PieceRecord[] {
    return this.#records;
  }

  get complete(): boolean {
    return this.identity !== null && this.done.bytes === this.identity.sizeBytes;
  }

  /** Bytes neither there nor asked for. */
  get freeBytes(): number {
    return this.identity ? this.identity.sizeBytes - this.#taken.bytes : Number.POSITIVE_INFINITY;
  }

  /** Takes up what an earlier process left. @throws what the disk says */
  async open(): Promise<void> {
    this.#file = await this.#environment.open(this.#path);
    const kept = await this.#journal.load();
    if (!kept) return;
    this.identity = kept.identity;
    this.facts = kept.facts;
    this.#journaled = true;
    for (const record of kept.records) this.#insert(record);
    await this.#begin();
  }

  /** Now it is known what file this is. Everything that is there already belongs to it. */
  name(identity: FileIdentity, facts: ResponseFacts): void {
    this.identity = identity;
    this.facts = facts;
    this.#journaled = identity.sizeBytes > SMALL_BYTES;
    if (this.#journaled) {
      this.#journal.name(identity, facts);
      for (const record of this.#records) this.#journal.add(record);
    }
    this.#watch(this.#begin());
  }

  /** The file was replaced by another: nothing of this one counts any more. */
  async forget(): Promise<void> {
    this.#generation++;
    // What is still being written must not land on what comes next.
    await this.settled();
    this.identity = null;
    this.facts = null;
    this.done.clear();
    this.#taken.clear();
    this.#records = [];
    this.#follower?.close();
    this.#follower = null;
    this.#followed = 0;
  }

  /** The next part nobody fetches, at most `most` bytes; what would be left of a gap as a crumb is taken with it. */
  take(most: number): Range | null {
    if (!this.identity) return null;
    const gap = this.#taken.gap(this.identity.sizeBytes);
    if (!gap) return null;
    const length = gap.end - gap.start;
    const end = length <= most * 1.25 ? gap.end : gap.start + most;
    this.#taken.add(gap.start, end);
    return { start: gap.start, end };
  }

  takeRange(start: number, end: number): void {
    this.#taken.add(start, end);
  }

  giveBack(start: number, end: number): void {
    this.#taken.remove(start, end);
    for (const range of this.done.ranges)
      this.#taken.add(Math.max(start, range.start), Math.min(end, range.end));
  }

  /** Writes bytes of a block where they belong; what is there already is left alone. @returns how many were new */
  write(
    block: Block,
    from: number,
    to: number,
    position: number,
    connection: HttpConnection,
  ): number {
    let added = 0;
    for (let at = position; at < position + to - from; ) {
      const gap = this.done.gap(position + to - from, at);
      if (!gap) break;
      const bytes = block.bytes.subarray(from + gap.start - position, from + gap.end - position);
      const record = { start: gap.start, length: bytes.length, crc32: crc32(bytes) };
      added += bytes.length;
      // Counted as there at once, so that nobody writes it a second time; recorded when it is.
      this.done.add(gap.start, gap.end);
      this.#taken.add(gap.start, gap.end);
      const { blocks, gate } = this.#environment;
      blocks.hold(block);
      gate.begin(bytes.length, connection);
      const generation = this.#generation;
      this.#watch(
        writeWhole(this.#file!, bytes, gap.start)
          .then(() => {
            if (generation === this.#generation) this.#record(record);
          })
          .finally(() => {
            gate.end(bytes.length);
            blocks.release(block);
          }),
      );
      at = gap.end;
    }
    return added;
  }

  /** Puts other bytes in the place of a record's. */
  async replace(record: PieceRecord, bytes: Uint8Array): Promise<void> {
    const at = this.#records.indexOf(record);
    if (at < 0) return;
    this.#follower?.close();
    this.#follower = null;
    await writeWhole(this.#file!, bytes, record.start);
    const next = { start: record.start, length: record.length, crc32: crc32(bytes) };
    this.#records[at] = next;
    if (this.#journaled) {
      this.#journal.drop(record.start, record.length);
      this.#journal.add(next);
    }
  }

  /** First bytes of the file, as they lie on the disk. */
  async head(length: number): Promise<Buffer> {
    // Only those of now: more come all the time.
    await Promise.allSettled(this.#writes);
    return readUpTo(this.#file!, 0, length);
  }

  read(start: number, length: number): Promise<Buffer> {
    return readUpTo(this.#file!, start, length);
  }

  /**
   * Digests of the whole file; null when a piece turned out bad and has to be fetched again.
   * @param wanted instead of those that were computed on the way: reads the file from its beginning
   * @throws DOWNLOADS_DISK_…
   */
  async hashes(wanted?: readonly StreamHash[]): Promise<Hashes | null> {
    await this.settled();
    if (!this.complete) return null;
    const sizeBytes = this.identity!.sizeBytes;
    // `write` leaves a former file of greater length as it is.
    if ((await this.#file!.stat()).size !== sizeBytes) await this.#file!.truncate(sizeBytes);
    const stream = await (sizeBytes <= SMALL_BYTES
      ? this.#hashSmall(wanted)
      : this.#hashLarge(wanted)
    ).catch((error: unknown) => {
      throw diskError(error);
    });
    if (!stream) return null;
    let crc = 0;
    for (const record of this.#records) crc = combineCrc32(crc, record.crc32, record.length);
    return { ...stream, crc32: reversedHex(crc) };
  }

  /** All writes have ended. @throws nothing: failures were told to the listener */
  async settled(): Promise<void> {
    while (this.#writes.size > 0) await Promise.allSettled(this.#writes);
  }

  async close(): Promise<void> {
    await this.settled();
    this.#follower?.close();
    this.#follower = null;
    try {
      this.#journal.close();
    } finally {
      await this.#file?.close();
      this.#file = null;
    }
  }

  async #begin(): Promise<void> {
    const { sizeBytes } = this.identity!;
    if (sizeBytes <= SMALL_BYTES) return;
    this.#follow(this.#hashes);
    // A sparse file: parts can be written anywhere, and its length says how long it will be.
    if ((await this.#file!.stat()).size !== sizeBytes) await this.#file!.truncate(sizeBytes);
  }

  #watch(work: Promise<void>): void {
    const watched = work
      .catch((error: unknown) => this.#listener.onFailure(error))
      .finally(() => this.#writes.delete(watched));
    this.#writes.add(watched);
  }

  #record(record: PieceRecord): void {
    this.#insert(record);
    if (this.#journaled && this.identity) this.#journal.add(record);
    this.#advance();
  }

  #insert(record: PieceRecord): void {
    if (record.length === 0) return;
    let at = this.#records.length;
    while (at > 0 && this.#records[at - 1]!.start > record.start) at--;
    const before = this.#records[at - 1];
    const after = this.#records[at];
    const end = record.start + record.length;
    // Cannot be by what is written here; a journal that says so is not believed on that.
    if (before && before.start + before.length > record.start) return;
    if (after && after.start < end) return;
    if (this.identity && end > this.identity.sizeBytes) return;
    this.#records.splice(at, 0, record);
    this.done.add(record.start, end);
    this.#taken.add(record.start, end);
  }

  #follow(wanted: readonly StreamHash[]): void {
    this.#follower?.close();
    this.#followed = 0;
    const file = { path: this.#path, sizeBytes: this.identity!.sizeBytes, wanted };
    this.#follower = this.#environment.hasher.follow(file, (start) => this.#drop(start));
    this.#advance();
  }

  #advance(): void {
    if (!this.#follower) return;
    const last = this.#records[this.#followed - 1];
    let front = last ? last.start + last.length : 0;
    const next: PieceRecord[] = [];
    while (this.#records[this.#followed]?.start === front) {
      const record = this.#records[this.#followed++]!;
      next.push(record);
      front += record.length;
    }
    if (next.length > 0) this.#follower.advance(next);
  }

  /** The disk gave back something else than was written. */
  #drop(start: number): void {
    const at = this.#records.findIndex((record) => record.start === start);
    const record = this.#records[at];
    if (!record) return;
    this.#records.splice(at, 1);
    this.#followed = at;
    this.done.remove(start, start + record.length);
    this.#taken.remove(start, start + record.length);
    if (this.#journaled) this.#journal.drop(start, record.length);
    this.badPieces++;
    this.#onInterrupt();
    this.#listener.onBad();
  }

  async #hashSmall(wanted = this.#hashes): Promise<Hashes | null> {
    const bytes = await readUpTo(this.#file!, 0, this.identity!.sizeBytes);
    for (const { start, length, crc32: crc } of [...this.#records])
      if (crc32(bytes.subarray(start, start + length)) !== crc) this.#drop(start);
    if (!this.complete) return null;
    const digests = await createDigests(wanted, bytes.length);
    digests.update(bytes);
    return digests.finish();
  }

  async #hashLarge(wanted?: readonly StreamHash[]): Promise<Hashes | null> {
    if (wanted || !this.#follower) this.#follow(wanted ?? this.#hashes);
    // A bad piece may have been found while the end was not waited for yet.
    if (!this.complete) return null;
    return new Promise((resolve, reject) => {
      this.#onInterrupt = () => resolve(null);
      this.#follower!.done.then(resolve, reject);
    });
  }
}
