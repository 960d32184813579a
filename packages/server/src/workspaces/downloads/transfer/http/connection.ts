import type { OnReadOpts, Socket } from 'node:net';
import { BLOCK_BYTES, type Block, type BlockPool } from './blocks.ts';
import { ChunkReader } from './chunks.ts';
import {
  type Framing,
  framingOf,
  MAX_HEAD_BYTES,
  ProtocolError,
  parseHead,
  type ResponseHead,
  staysOpen,
} from './head.ts';

/** A read into less than this is not worth its cost: the next block is begun. */
const LEAST_READ = 1 << 16;
/** What may still come of an unwanted body before closing the connection is cheaper. */
const MAX_DRAIN = 1 << 16;

/** The connection ended before the answer did. */
export class ConnectionLost extends Error {
  /** Nothing of an answer had come: on a connection used before, the server may not have seen the request. */
  readonly unanswered: boolean;
  constructor(reason: string, unanswered: boolean) {
    super(reason);
    this.unanswered = unanswered;
  }
}

export interface Exchange {
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  /** False: the body is not wanted. */
  onHead(head: ResponseHead): boolean;
  /** Bytes of the body lie in the block; it is kept until `onBlockEnd`, longer by holding it. */
  onBody(block: Block, from: number, to: number): void;
  onBlockEnd(): void;
}

export type PausedBy = 'rate' | 'disk';

/** Where reads go while nothing is expected; shared, as what comes is copied at once. */
const idleBytes = Buffer.allocUnsafeSlow(1 << 14);

/**
 * One HTTP/1.1 connection, one exchange at a time. The kernel writes into a large block of ours and bodies stay there until they
 * are written to the disk: a third of the processor time of node:http, because there are few reads and no copies.
 */
export class HttpConnection {
  readonly onread: OnReadOpts;
  /** Used before: a server may be closing it. */
  exchanges = 0;
  /** Of bodies, since it was opened. */
  bodyBytes = 0;
  readonly #blocks: BlockPool;
  readonly #readLimit: () => number;
  #socket: Socket | null = null;
  #block: Block | null = null;
  #intoBlock = false;
  #used = 0;
  #parsed = 0;
  #state: 'idle' | 'head' | 'body' = 'idle';
  #framing: Framing = { kind: 'none' };
  #left = 0;
  #chunks: ChunkReader | null = null;
  #wanted = true;
  #keep = true;
  #exchange: Exchange | null = null;
  #settle: { resolve: () => void; reject: (error: Error) => void } | null = null;
  #closed = false;
  readonly #pausedBy = new Set<PausedBy>();

  constructor(blocks: BlockPool, readLimit: () => number = () => BLOCK_BYTES) {
    this.#blocks = blocks;
    this.#readLimit = readLimit;
    this.onread = {
      buffer: (() => this.#space()) as never,
      callback: (length: number) => {
        this.#received(length);
        return true;
      },
    };
  }

  get open(): boolean {
    return !this.#closed;
  }

  get remoteAddress(): string {
    return this.#socket?.remoteAddress ?? '';
  }

  /** @param direct whether the socket was made with `onread` */
  attach(socket: Socket, direct: boolean): void {
    this.#socket = socket;
    if (!direct) socket.on('data', (chunk: Buffer) => this.#copied(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#end(error.code ?? error.message));
    socket.on('end', () => this.#ended());
    socket.on('close', () => this.#end('closed'));
    if (socket.destroyed) this.#end('closed');
  }

  /** @throws ConnectionLost, ProtocolError; whatever a handler throws. After any of them the connection is closed. */
  exchange(exchange: Exchange): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new ConnectionLost('closed', true));
      this.#exchange = exchange;
      this.#settle = { resolve, reject };
      this.#state = 'head';
      this.#wanted = true;
      this.exchanges++;
      const lines = exchange.headers.map(([name, value]) => `${name}: ${value}\r\n`);
      this.#socket!.write(`GET ${exchange.target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
    });
  }

  /** Ends the exchange as if it was complete, and the connection. */
  abandon(): void {
    this.#keep = false;
    if (this.#exchange) this.#complete();
    else this.destroy();
  }

  /** Reads nothing until everyone who paused it has resumed it. */
  pause(by: PausedBy): void {
    this.#pausedBy.add(by);
    this.#socket?.pause();
  }

  resume(by: PausedBy): void {
    if (this.#pausedBy.delete(by) && this.#pausedBy.size === 0 && !this.#closed)
      this.#socket?.resume();
  }

  get paused(): boolean {
    return this.#pausedBy.size > 0;
  }

  destroy(reason = 'closed'): void {
    this.#end(reason);
  }

  #space(): Buffer {
    this.#intoBlock = this.#state !== 'idle' && this.#block !== null;
    if (!this.#intoBlock) return idleBytes;
    if (BLOCK_BYTES - this.#used < LEAST_READ) this.#guard(() => this.#nextBlock());
    if (this.#block === null) return idleBytes;
    return this.#block.bytes.subarray(this.#used, this.#used + Math.max(1, this.#readLimit()));
  }

  #nextBlock(): void {
    this.#exchange?.onBlockEnd();
    // A head is cut by the end of a block only when the server sent 64 KiB of it.
    if (this.#state === 'head' && this.#parsed < this.#used)
      throw new ProtocolError('a head too long');
    this.#dropBlock();
    this.#block = this.#blocks.take();
  }

  #dropBlock(): void {
    if (this.#block) this.#blocks.release(this.#block);
    this.#block = null;
    this.#used = 0;
    this.#parsed = 0;
  }

  #received(length: number): void {
    if (this.#closed) return;
    if (this.#intoBlock) {
      this.#used += length;
      this.#process();
    } else this.#copied(idleBytes.subarray(0, length));
  }

  #copied(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && !this.#closed; ) {
      if (this.#state === 'idle') {
        this.#end('bytes nobody asked for');
        return;
      }
      this.#block ??= this.#blocks.take();
      if (BLOCK_BYTES - this.#used < LEAST_READ) this.#guard(() => this.#nextBlock());
      if (this.#closed) return;
      const length = Math.min(chunk.length - at, BLOCK_BYTES - this.#used);
      chunk.copy(this.#block!.bytes, this.#used, at, at + length);
      at += length;
      this.#used += length;
      this.#process();
    }
  }

  #process(): void {
    this.#guard(() => {
      while (this.#state === 'head' && this.#parsed < this.#used) if (!this.#readHead()) break;
      if (this.#state === 'body') this.#readBody();
      if (this.#state === 'idle' && this.#parsed < this.#used)
        throw new ProtocolError('bytes after the answer');
    });
  }

  /** A handler or the parser may throw in the middle of a read. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      const settle = this.#settle;
      this.#settle = null;
      this.#end('failed');
      if (settle) settle.reject(error as Error);
    }
  }

  #readHead(): boolean {
    const { bytes } = this.#block!;
    const end = bytes.indexOf('\r\n\r\n', this.#parsed, 'latin1');
    if (end === -1 || end + 4 > this.#used) {
      if (this.#used - this.#parsed > MAX_HEAD_BYTES) throw new ProtocolError('a head too long');
      return false;
    }
    const head = parseHead(bytes.toString('latin1', this.#parsed, end));
    this.#parsed = end + 4;
    if (head.status < 200) {
      if (head.status === 101) throw new ProtocolError('another protocol');
      return true;
    }
    this.#framing = framingOf(head, 'GET');
    this.#keep = staysOpen(head) && this.#framing.kind !== 'close';
    this.#left = this.#framing.kind === 'length' ? this.#framing.bytes : 0;
    this.#chunks = this.#framing.kind === 'chunked' ? new ChunkReader() : null;
    this.#state = 'body';
    this.#wanted = this.#exchange!.onHead(head);
    // The handler may have abandoned it.
    if (this.#exchange === null) return false;
    if (this.#framing.kind === 'none') this.#complete();
    else if (!this.#wanted && (this.#framing.kind !== 'length' || this.#left > MAX_DRAIN))
      this.abandon();
    return false;
  }

  #readBody(): void {
    const to = this.#used;
    if (this.#framing.kind === 'chunked') {
      this.#parsed = this.#chunks!.read(this.#block!.bytes, this.#parsed, to, (from, end) =>
        this.#body(from, end),
      );
      if (this.#exchange && this.#chunks!.ended) this.#complete();
      return;
    }
    const end = this.#framing.kind === 'length' ? Math.min(to, this.#parsed + this.#left) : to;
    const from = this.#parsed;
    this.#parsed = end;
    this.#left -= end - from;
    if (end > from) this.#body(from, end);
    if (this.#exchange && this.#framing.kind === 'length' && this.#left === 0) this.#complete();
  }

  #body(from: number, to: number): void {
    this.bodyBytes += to - from;
    if (this.#wanted && this.#exchange) this.#exchange.onBody(this.#block!, from, to);
  }

  #complete(): void {
    const settle = this.#settle;
    this.#exchange?.onBlockEnd();
    const excess = this.#parsed < this.#used;
    this.#exchange = null;
    this.#settle = null;
    this.#state = 'idle';
    this.#chunks = null;
    this.#dropBlock();
    if (!this.#keep || excess) this.#end('closed');
    settle?.resolve();
  }

  /** The server has nothing more to say. */
  #ended(): void {
    if (this.#exchange && this.#state === 'body' && this.#framing.kind === 'close')
      this.#guard(() => this.#complete());
    this.#end('closed');
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    const settle = this.#settle;
    const unanswered = this.#state === 'head' && this.#used === 0;
    this.#settle = null;
    this.#state = 'idle';
    try {
      // What came is good as far as it goes.
      this.#exchange?.onBlockEnd();
    } finally {
      this.#exchange = null;
      this.#dropBlock();
      this.#socket?.destroy();
      settle?.reject(new ConnectionLost(reason, unanswered));
    }
  }
}
