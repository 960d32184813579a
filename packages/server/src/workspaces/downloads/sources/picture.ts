import { type Readable, Transform } from 'node:stream';
import { sourceErrors } from './errors.ts';
import type { Exchange } from './exchange.ts';

const MAX_PICTURE_BYTES = 8 * 1024 * 1024;
/** Those that browsers show and that run nothing: no SVG. */
const PICTURE_TYPES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']);

/**
 * A preview picture, passed on as it comes. Asked for without the token.
 *
 * @throws DOWNLOADS_PREVIEW_UNFIT for other hosts than `isAllowed`'s, for other types and for more than 8 MiB (in mid-stream when
 *         the server did not say how long it is)
 */
export async function fetchPicture(
  exchange: Exchange,
  address: string,
  options: { signal: AbortSignal; isAllowed: (url: URL) => boolean },
): Promise<{ contentType: string; body: Readable }> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !options.isAllowed(url))
    throw sourceErrors.DOWNLOADS_PREVIEW_UNFIT({
      host: url?.host ?? '—',
      reason: 'other host',
    });
  const answer = await exchange.ask({
    url,
    signal: options.signal,
    withToken: false,
    headers: { accept: 'image/*', 'accept-encoding': 'identity' },
  });
  const unfit = (reason: string) =>
    sourceErrors.DOWNLOADS_PREVIEW_UNFIT({ host: url.host, reason });
  const contentType = (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const length = Number(answer.headers['content-length'] ?? 0);
  const wrong = !PICTURE_TYPES.has(contentType)
    ? `content-type ${contentType || '—'}`
    : answer.headers['content-encoding'] !== undefined
      ? 'content-encoding'
      : length > MAX_PICTURE_BYTES
        ? '> 8 MiB'
        : null;
  if (wrong !== null) {
    answer.body.destroy();
    throw unfit(wrong);
  }
  let bytes = 0;
  const limited = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length;
      if (bytes > MAX_PICTURE_BYTES) done(unfit('> 8 MiB'));
      else done(null, part);
    },
  });
  answer.body.on('error', (error) => limited.destroy(error));
  limited.on('close', () => answer.body.destroy());
  return { contentType, body: answer.body.pipe(limited) };
}
