import { agreement, streamHashes, toCheckLate } from './agreement.ts';
import { HEAD_BYTES } from './bodies.ts';
import { StartedOver } from './consequences.ts';
import { CurrentAddress } from './current-address.ts';
import { transferErrors } from './errors.ts';
import type { FetchOwner, TransferEnvironment } from './fetch-context.ts';
import { Fetching } from './fetching.ts';
import { TICK_MS } from './line.ts';
import { diskError } from './part-file.ts';
import { PartState } from './part-state.ts';
import { type Repaired, repair } from './repair.ts';
import type {
  TransferLimits,
  TransferRequest,
  TransferResult,
  TransferSample,
} from './transfer.ts';
import { unlessAborted } from './unless-aborted.ts';

/** A transfer from its first request to its verified file. */
export class TransferRun implements FetchOwner {
  readonly request: TransferRequest;
  readonly state: PartState;
  readonly fetching: Fetching;
  readonly #environment: TransferEnvironment;
  readonly #address: CurrentAddress;
  readonly #abort = new AbortController();
  #phase: TransferSample['phase'] = 'locating';
  #inspection: Promise<void> | null = null;
  #repairedPieces = 0;
  #finished = false;

  constructor(request: TransferRequest, environment: TransferEnvironment) {
    this.request = request;
    this.#environment = environment;
    this.state = new PartState(
      request.partPath,
      streamHashes(request.expected.hashes, request.alsoHash),
      environment,
      { onBad: () => this.fetching.wakeUp(), onFailure: (error) => this.fail(diskError(error)) },
    );
    this.#address = new CurrentAddress((reason) =>
      unlessAborted(this.signal, request.locate(reason, this.signal)),
    );
    this.fetching = new Fetching(this, environment, this.#address);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get repairing(): boolean {
    return this.#phase === 'repairing';
  }

  /** @throws DOWNLOADS_…; AbortError after `stop` */
  async run(): Promise<TransferResult> {
    const { now } = this.#environment;
    const begun = now();
    const ticker = setInterval(() => this.fetching.tick(), TICK_MS);
    try {
      await this.state.open().catch((error) => {
        throw diskError(error);
      });
      const resumed = this.state.done.bytes;
      const result = await this.#untilVerified();
      this.#finished = true;
      const { bodies, requests } = this.fetching;
      const { receivedBytes } = requests;
      const { sizeBytes } = this.state.identity!;
      return {
        ...result,
        sizeBytes,
        facts: this.state.facts!,
        receivedBytes,
        wastedBytes: Math.max(bodies.wastedBytes, receivedBytes - (sizeBytes - resumed)),
        repairedPieces: this.#repairedPieces + this.state.badPieces,
        addressesRefreshed: this.#address.refreshed,
        durationMs: Math.round(now() - begun),
      };
    } catch (error) {
      this.fail(error);
      throw this.signal.reason;
    } finally {
      clearInterval(ticker);
      this.#abort.abort(new DOMException('The transfer has ended', 'AbortError'));
      this.fetching.cut();
      // The first error counts; what closing finds is told by it or too late to matter.
      await this.state.close().catch((error: unknown) => {
        if (this.#finished) throw diskError(error);
      });
    }
  }

  setLimits(limits: TransferLimits): void {
    this.fetching.setLimits(limits);
  }

  stop(): void {
    this.fail(new DOMException('The transfer was paused', 'AbortError'));
  }

  /** Ends the transfer with its first error. */
  fail(error: unknown): void {
    if (this.signal.aborted || this.#finished) return;
    this.#abort.abort(error);
    this.fetching.cut();
  }

  sample(at: number): TransferSample {
    const waits = this.#phase === 'downloading' && this.fetching.waits;
    return {
      id: this.request.id,
      at,
      phase: waits ? 'backing-off' : this.#phase,
      host: this.#address.target ? this.#address.host : null,
      sizeBytes: this.state.identity?.sizeBytes ?? this.request.expected.sizeBytes ?? null,
      doneBytes: this.state.done.bytes,
      diskWriteMsPerMb: this.#environment.gate.writeMsPerMb(),
      threadBusy: this.#environment.load.busy,
      ...this.fetching.sample(),
    };
  }

  /** The head is looked at as soon as it is there, while the rest is on its way. */
  headIsThere(): void {
    const { inspectHead } = this.request;
    if (!inspectHead || this.#inspection !== null) return;
    const size = this.state.identity?.sizeBytes ?? this.state.done.front();
    this.#inspection = this.state
      .head(Math.min(HEAD_BYTES, size))
      .then((head) => inspectHead(head, this.state.facts!))
      .catch((error: unknown) => this.fail(error));
  }

  startedOver(): void {
    this.#inspection = null;
  }

  async #untilVerified(): Promise<Pick<TransferResult, 'hashes' | 'agreed' | 'disagreed'>> {
    const { expected } = this.request;
    for (;;) {
      if (!this.state.complete) await this.#address.find();
      this.#phase = 'downloading';
      await this.fetching.download();
      this.#phase = 'verifying';
      const bad = this.state.badPieces;
      let hashes = await unlessAborted(this.signal, this.state.hashes());
      if (!hashes) continue;
      this.headIsThere();
      if (this.#inspection !== null) await unlessAborted(this.signal, this.#inspection);
      this.signal.throwIfAborted();
      let { agreed, disagreed, accepted } = agreement(hashes, expected);
      if (!accepted) {
        // Other promises are looked at before anything is fetched again.
        const late = toCheckLate(expected.hashes, hashes);
        if (late.length > 0) {
          const more = await unlessAborted(this.signal, this.state.hashes(late));
          if (!more) continue;
          hashes = { ...hashes, ...more };
          ({ agreed, disagreed, accepted } = agreement(hashes, expected));
        }
      }
      if (accepted) return { hashes, agreed, disagreed };
      this.#phase = 'repairing';
      let repaired: Repaired;
      try {
        repaired = await repair(this, expected);
      } catch (error) {
        // What was there belonged to another file: a page in its place, or an older one.
        if (error instanceof StartedOver) continue;
        throw error;
      }
      this.signal.throwIfAborted();
      this.#repairedPieces += repaired.pieces;
      if (!repaired.agrees && this.state.badPieces === bad)
        throw transferErrors.DOWNLOADS_HASH_MISMATCH({
          hash: disagreed[0] ?? 'sha256',
          host: this.state.facts?.host ?? '',
        });
    }
  }
}
