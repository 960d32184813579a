import { ProtocolError } from './head.ts';

/** Bytes of the longest line between chunks. */
const MAX_LINE = 4096;

/** Reads a chunked body (RFC 9112, 7.1) as it comes. Extensions and trailers are passed over. */
export class ChunkReader {
  #state: 'size' | 'data' | 'data-end' | 'trailer' | 'end' = 'size';
  #line = '';
  #left = 0;

  get ended(): boolean {
    return this.#state === 'end';
  }

  /**
   * Takes `bytes[from, to)`; data is given to `onData` as it lies there.
   * @returns where the body ended, or `to` while it goes on
   */
  read(
    bytes: Buffer,
    from: number,
    to: number,
    onData: (from: number, to: number) => void,
  ): number {
    let at = from;
    while (at < to && this.#state !== 'end') {
      if (this.#state === 'data') {
        const end = Math.min(to, at + this.#left);
        this.#left -= end - at;
        onData(at, end);
        at = end;
        if (this.#left === 0) this.#state = 'data-end';
        continue;
      }
      const end = bytes.indexOf(10, at);
      const stop = end === -1 || end >= to ? to : end + 1;
      this.#line += bytes.toString('latin1', at, stop);
      at = stop;
      if (this.#line.length > MAX_LINE) throw new ProtocolError('a chunk line without end');
      if (this.#line.endsWith('\n')) this.#endLine();
    }
    return at;
  }

  #endLine(): void {
    if (!this.#line.endsWith('\r\n')) throw new ProtocolError('a bare line end between chunks');
    const line = this.#line.slice(0, -2);
    this.#line = '';
    if (this.#state === 'size') {
      const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line);
      if (!size) throw new ProtocolError('a chunk without a size');
      this.#left = Number.parseInt(size[1]!, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'data';
    } else if (this.#state === 'data-end') {
      if (line !== '') throw new ProtocolError('a chunk longer than it said');
      this.#state = 'size';
    } else if (line === '') this.#state = 'end';
  }
}
