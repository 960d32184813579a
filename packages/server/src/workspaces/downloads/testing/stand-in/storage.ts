import type { IncomingMessage } from 'node:http';
import type { Content } from '../content.ts';
import { createFaultHandler } from '../fault-server.ts';
import type { FaultPlan } from '../faults.ts';
import { type SeenRequest, type Served, send, serve } from './serve.ts';

/** Which storage a file lies on: they differ in how they sign and in what they say when a signature has run out. */
export type Shelf = 'r2' | 'b2' | 'cdn';

export interface StoredFile {
  readonly shelf: Shelf;
  /** Of the address, with its first slash. */
  readonly path: string;
  readonly content: Content;
  readonly etag: string;
  /** Name in Content-Disposition; null where the storage sends none. */
  readonly fileName: string | null;
}

export interface StorageOptions {
  readonly port: number;
  /** Bytes per second of one connection. */
  readonly rate: number | undefined;
}

/** The host that the bytes come from: another one than the API's. */
export interface Storage extends Served {
  /** Address that opens the file until it has run out. */
  sign(file: StoredFile, query: string, seconds: number): string;
  setFaults(plan: FaultPlan | undefined): void;
  /** Every signature given out so far has run out. */
  expireAll(): void;
  /** Bytes sent. */
  sent(): number;
  readonly seen: SeenRequest[];
}

export async function startStorage(options: StorageOptions): Promise<Storage> {
  const files = new Map<string, StoredFile>();
  const until = new Map<string, number>();
  const seen: SeenRequest[] = [];
  const handler = createFaultHandler({
    ...(options.rate !== undefined && { rate: options.rate }),
    files(path) {
      const file = files.get(path.split('?')[0]!);
      return (
        file && {
          content: file.content,
          etag: file.etag,
          refusesAuthorization: true,
          ...(file.fileName !== null && {
            disposition: `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
          }),
        }
      );
    },
  });
  const served = await serve(
    options.port,
    (request, response) => {
      const url = request.url ?? '/';
      seen.push({ method: request.method ?? '', path: url, headers: { ...request.headers } });
      const refusal = refusalFor(url, request);
      if (refusal) send(request, response, refusal);
      else handler.handle(request, response);
    },
    handler.connect,
  );

  function refusalFor(url: string, request: IncomingMessage) {
    const shelf = url.split('/')[1] as Shelf;
    const xml = (status: number, code: string, message: string) => ({
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    });
    // Presigned for GET: any other verb does not agree with the signature.
    if (request.method !== 'GET') return xml(403, 'SignatureDoesNotMatch', 'Wrong method');
    if (shelf === 'b2' && /^aria2\//i.test(request.headers['user-agent'] ?? ''))
      return {
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<html>Blocked</html>',
      };
    const ends = until.get(url);
    if (ends === undefined) return xml(403, 'AccessDenied', 'Access Denied');
    if (ends > Date.now()) return undefined;
    return shelf === 'b2'
      ? {
          status: 401,
          body: {
            code: 'expired_auth_token',
            message: 'Authorization token has expired',
            status: 401,
          },
        }
      : xml(403, 'AccessDenied', 'Request has expired');
  }

  return {
    ...served,
    seen,
    sign(file, query, seconds) {
      const path = `/${file.shelf}${encodeURI(file.path)}`;
      files.set(path, file);
      const signed = handler.sign(`${path}?${query}`, {});
      until.set(signed, Date.now() + seconds * 1000);
      return served.url + signed;
    },
    setFaults: handler.setFaults,
    expireAll() {
      for (const url of until.keys()) until.set(url, 0);
    },
    sent: () => handler.counts.bodyBytes,
  };
}
