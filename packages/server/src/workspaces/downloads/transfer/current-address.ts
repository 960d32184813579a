import type { AppError } from '../../../core/errors.ts';
import { follow, type Target, targetOf } from './target.ts';
import type { Address, LocateReason } from './transfer.ts';

/** Addresses that ran out one after another without a byte between. */
const MAX_REFRESHES = 3;

/** Where the file of one transfer can be had now, for all its connections. */
export class CurrentAddress {
  /** How often another one was asked for. */
  refreshed = 0;
  #target: Target | null = null;
  #inRow = 0;
  #refreshing: Promise<void> | null = null;
  readonly #locate: (reason: LocateReason) => Promise<Address>;

  constructor(locate: (reason: LocateReason) => Promise<Address>) {
    this.#locate = locate;
  }

  /** Null before the first `find`. */
  get target(): Target | null {
    return this.#target;
  }

  get host(): string {
    return this.#target?.url.hostname ?? '';
  }

  /** @throws what locating throws; DOWNLOADS_ADDRESS_INVALID */
  async find(): Promise<Target> {
    if (this.#target === null) this.#refreshing ??= this.#ask('start');
    await this.#refreshing;
    return this.#target!;
  }

  /** New bytes came. */
  good(): void {
    this.#inRow = 0;
    if (this.#target) this.#target.hops = 0;
  }

  /** @throws DOWNLOADS_REDIRECT_INVALID */
  redirect(from: Target, location: string): void {
    // Several connections are sent on at once: the first one decides.
    if (from === this.#target) this.#target = follow(from, location);
  }

  /** After an answer that says `from` is of no use any more. @throws `error` when fresh ones are of no use either */
  async refresh(from: Target, error: AppError): Promise<void> {
    if (from !== this.#target) return;
    if (this.#refreshing === null) {
      if (this.#inRow >= MAX_REFRESHES) throw error;
      this.#inRow++;
      this.refreshed++;
      this.#refreshing = this.#ask('expired');
    }
    await this.#refreshing;
  }

  async #ask(reason: LocateReason): Promise<void> {
    try {
      this.#target = targetOf(await this.#locate(reason));
    } finally {
      this.#refreshing = null;
    }
  }
}
