import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { type AntivirusResult, MOST_BYTES, readReply } from './result.ts';

export type ClamdAddress =
  | { readonly path: string }
  | { readonly host: string; readonly port: number };

/** clamd passes over larger files and says OK, unless its AlertExceedsMax is on: which cannot be asked. */
const SURE_BYTES = 100 * 1024 * 1024;
const CHUNK_BYTES = 128 * 1024;
const SILENCE_MS = 300_000;
const MAX_REPLY_CHARS = 4096;
const FAILED: AntivirusResult = { result: 'failed', signature: null };

/** Sends a file through clamd's INSTREAM, so that it need not be allowed to read it. @throws AbortError */
export async function askClamd(
  address: ClamdAddress,
  path: string,
  signal?: AbortSignal,
): Promise<AntivirusResult> {
  let size: number;
  try {
    size = (await stat(path)).size;
  } catch {
    return FAILED;
  }
  if (size > MOST_BYTES) return { result: 'limit', signature: null };
  const socket = connect({ ...address, timeout: SILENCE_MS } as NetConnectOpts);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const answer = readAnswer(socket);
    // It may answer and close before everything is sent; a file that cannot be read ends the connection.
    send(socket, path).catch((error: Error) => socket.destroy(error));
    const reply = readReply((await answer).replace(/^stream: /, ''));
    return reply.result === 'clean' && size > SURE_BYTES
      ? { result: 'limit', signature: null }
      : reply;
  } catch (error) {
    // It closes without reading the rest when its StreamMaxLength is exceeded; its answer may be lost with the connection.
    const { code } = error as NodeJS.ErrnoException;
    const cutOff = socket.bytesWritten > CHUNK_BYTES && (code === 'EPIPE' || code === 'ECONNRESET');
    return cutOff ? { result: 'limit', signature: null } : FAILED;
  } finally {
    signal?.removeEventListener('abort', abort);
    socket.destroy();
    signal?.throwIfAborted();
  }
}

async function send(socket: Socket, path: string): Promise<void> {
  await once(socket, 'connect');
  socket.write('zINSTREAM\0');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const bytes = chunk as Buffer;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    // It answers before the end when the file is too long for it, and closes.
    if (!socket.writable) return;
    socket.write(length);
    if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  }
  if (socket.writable) socket.write(Buffer.alloc(4));
}

/** Everything until it closes, or its ending zero. */
function readAnswer(socket: Socket): Promise<string> {
  let text = '';
  return new Promise<string>((resolve, reject) => {
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
      if (text.includes('\0')) resolve(text.replace(/\0[\s\S]*$/, ''));
      else if (text.length > MAX_REPLY_CHARS) reject(new Error('clamd: reply too long'));
    });
    socket.on('timeout', () => reject(new Error('clamd: silent')));
    // A reset after its answer is how it gets rid of what is still being sent.
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)));
    socket.on('close', () => (text === '' ? reject(new Error('clamd: closed')) : resolve(text)));
  });
}
