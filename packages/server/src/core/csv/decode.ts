import { isAscii } from 'node:buffer';
import type { Encoding } from './contract.ts';
import { detectEncoding } from './encoding.ts';

/** Turns the bytes of a file into text, piece by piece; pieces may be cut inside a character. */
export interface ByteDecoder {
  write(bytes: Uint8Array): string;
  /** Text of what was held back, and U+FFFD for a character that the file's end cuts off. */
  end(): string;
  /** The encoding in use; `auto` while nothing but ASCII was seen. */
  readonly encoding: Encoding | 'auto';
  /** Pieces of input that were no text in this encoding, each replaced by U+FFFD in its cell; counted up to 10,000. */
  readonly invalidCount: number;
}

/** What `auto` gathers, from the first byte that is not ASCII, before it decides. */
const DECISION_BYTES = 64 * 1024;
const MAX_COUNTED = 10_000;

/**
 * A streaming decoder. A byte order mark at the beginning is dropped.
 *
 * Invalid bytes do not stop it: each becomes U+FFFD, which the row validator reports as `invalid-characters` with line
 * and column. A U+FFFD that was in the file already counts too: that text was damaged before.
 *
 * `auto` passes ASCII through as it is and decides when it must, at the first other byte, so that a long file whose first
 * Japanese name comes after a gigabyte of digits is read rightly.
 */
export function createByteDecoder(encoding: Encoding | 'auto'): ByteDecoder {
  return encoding === 'auto' ? createDecidingDecoder() : createKnownDecoder(encoding);
}

function createKnownDecoder(encoding: Encoding): ByteDecoder {
  const decoder = new TextDecoder(encoding);
  let invalidCount = 0;

  function counted(text: string): string {
    let at = text.indexOf('\uFFFD');
    while (at !== -1 && invalidCount < MAX_COUNTED) {
      invalidCount++;
      at = text.indexOf('\uFFFD', at + 1);
    }
    return text;
  }

  return {
    encoding,
    get invalidCount() {
      return invalidCount;
    },
    write: (bytes) => counted(decoder.decode(bytes, { stream: true })),
    end: () => counted(decoder.decode()),
  };
}

function createDecidingDecoder(): ByteDecoder {
  let decided: ByteDecoder | null = null;
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  function decide(): string {
    const bytes = Buffer.concat(held);
    held = [];
    decided = createKnownDecoder(detectEncoding(bytes).encoding);
    return decided.write(bytes);
  }

  return {
    get encoding() {
      return decided?.encoding ?? 'auto';
    },
    get invalidCount() {
      return decided?.invalidCount ?? 0;
    },
    write(bytes) {
      if (decided !== null) return decided.write(bytes);
      // Zeros are ASCII too, but they are how UTF-16 without a mark begins.
      if (heldBytes === 0 && isAscii(bytes) && !bytes.includes(0)) {
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
      }
      held.push(bytes);
      heldBytes += bytes.length;
      return heldBytes < DECISION_BYTES ? '' : decide();
    },
    end() {
      const text = decided === null && heldBytes > 0 ? decide() : '';
      return text + (decided?.end() ?? '');
    },
  };
}
