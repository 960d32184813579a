import { AppError } from '../../../core/errors.ts';
import { ask, type BodySink, type Outcome } from './ask.ts';
import type { Bodies } from './bodies.ts';
import type { Consequences } from './consequences.ts';
import { transferErrors } from './errors.ts';
import type { FetchContext } from './fetch-context.ts';
import type { HttpConnection } from './http/connection.ts';
import type { ActivePiece } from './line.ts';

/** Requests of one transfer, each on a connection of the pool. */
export class Requests {
  count = 0;
  receivedBytes = 0;
  readonly #context: FetchContext;
  readonly #bodies: Bodies;
  readonly #consequences: Consequences;

  constructor(context: FetchContext, bodies: Bodies, consequences: Consequences) {
    this.#context = context;
    this.#bodies = bodies;
    this.#consequences = consequences;
  }

  /**
   * Asks for a part of the file.
   * @param next what to fetch, asked once there is a connection; null when there is nothing to do any more
   * @param again set when the part is there already, and is fetched to be compared
   * @returns null when nothing was asked
   */
  async ask(
    next: () => ActivePiece | null,
    sink: BodySink,
    again: ActivePiece | null = null,
  ): Promise<Outcome | null> {
    const { owner, environment, address, line, setbacks, idle } = this.#context;
    const { pool, proxy, now, userAgent } = environment;
    await this.#bodies.restarting;
    const target = await address.find();
    const ending = again ? owner.signal : idle();
    let connection: HttpConnection;
    try {
      connection = await pool.acquire(target.url, ending, setbacks.distrustIdle);
    } catch (error) {
      if (ending.aborted) return null;
      const host = target.url.hostname;
      if (error instanceof AppError)
        throw transferErrors.DOWNLOADS_ADDRESS_PRIVATE({ host }, { cause: error });
      await this.#consequences.followDial(error as Error, target);
      return null;
    }
    try {
      const piece = target === address.target ? next() : null;
      if (!piece) return null;
      piece.connection = connection;
      piece.askedAt = now();
      this.count++;
      const stop = (): void => connection.destroy('stopped');
      owner.signal.addEventListener('abort', stop, { once: true });
      try {
        return await ask(connection, {
          target,
          asked: { start: piece.at, end: piece.end },
          whole: !again && this.#bodies.ranges === false,
          known: owner.state.identity,
          userAgent,
          proxy: proxy(target.url),
          now,
          onHead: () => line.sawHead(piece),
          onReceived: (bytes) => {
            if (bytes === 0) return;
            this.receivedBytes += bytes;
            environment.rate.took(owner.request.id, connection, bytes);
          },
          sink,
          onPage: (bytes, facts) => this.#consequences.sawPage(bytes, facts),
        });
      } finally {
        owner.signal.removeEventListener('abort', stop);
      }
    } finally {
      pool.release(target.url, connection);
    }
  }
}
