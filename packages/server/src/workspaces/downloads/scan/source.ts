import { fstatSync, readSync } from 'node:fs';
import { OutOfReach } from './limits.ts';

/** Bytes that can be read anywhere. */
export interface ByteSource {
  readonly size: number;
  /** Bytes at hand from the beginning: fewer than `size` when only the beginning was unpacked. */
  readonly reach: number;
  /**
   * Up to `length` bytes; fewer only at the end of the content. They may be a view: valid until the next read, never to be changed.
   *
   * @throws OutOfReach when they exist but are not at hand
   */
  read(position: number, length: number): Buffer;
}

const WINDOW = 16 * 1024;

/** An open file. Reads go through one window of 16 KiB, so that small steps cost no system call. */
export function fileSource(fd: number, size = fstatSync(fd).size): ByteSource {
  const window = Buffer.allocUnsafe(WINDOW);
  let from = 0;
  let filled = 0;
  function fill(target: Buffer, position: number): number {
    let done = 0;
    while (done < target.length) {
      const count = readSync(fd, target, done, target.length - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  }
  return {
    size,
    reach: size,
    read(position, length) {
      const wanted = wantedBytes(size, position, length);
      if (wanted > WINDOW) {
        const bytes = Buffer.allocUnsafe(wanted);
        if (fill(bytes, position) < wanted) throw new OutOfReach();
        return bytes;
      }
      if (position < from || position + wanted > from + filled) {
        from = position;
        filled = fill(window.subarray(0, Math.min(WINDOW, size - position)), position);
        // Somebody made the file shorter meanwhile.
        if (filled < wanted) throw new OutOfReach();
      }
      return window.subarray(position - from, position - from + wanted);
    },
  };
}

/** Bytes in memory; `size` may say that there are more than are here. */
export function memorySource(bytes: Buffer, size = bytes.length): ByteSource {
  return {
    size,
    reach: bytes.length,
    read(position, length) {
      const wanted = wantedBytes(size, position, length);
      if (position + wanted > bytes.length && wanted > 0) throw new OutOfReach();
      return bytes.subarray(position, position + wanted);
    },
  };
}

/** A part of a source, cut to what is there. */
export function sliceSource(source: ByteSource, start: number, length = source.size): ByteSource {
  const from = Math.min(Math.max(0, start), source.size);
  const size = Math.max(0, Math.min(length, source.size - from));
  return {
    size,
    reach: Math.max(0, Math.min(size, source.reach - from)),
    read: (position, count) => source.read(from + position, wantedBytes(size, position, count)),
  };
}

function wantedBytes(size: number, position: number, length: number): number {
  return Math.max(0, Math.min(length, size - position));
}
