import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { bufferContent, contentBytes, patternContent } from './content.ts';
import { type FaultServer, type FaultServerOptions, startFaultServer } from './fault-server.ts';
import { type Fault, randomFaults, resetAnywhere } from './faults.ts';

const content = patternContent(300_000, 7);
let server: FaultServer;
afterEach(() => server.close());

async function serve(fault?: Fault, options: Partial<FaultServerOptions> = {}) {
  server = await startFaultServer({
    files: { '/a.bin': { content } },
    ...(fault && { faults: () => fault }),
    ...options,
  });
  return server;
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const request = get(server.url + path, { headers, agent: false });
  // A reset after the head is an error of the response and of the request.
  request.on('error', () => {});
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  let failed = false;
  try {
    for await (const part of response) parts.push(part as Buffer);
  } catch {
    failed = true;
  }
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(parts),
    failed,
  };
}

describe('the fault server', () => {
  it('serves files and ranges of them', async () => {
    const bytes = await contentBytes(content);
    await serve();
    expect((await ask('/a.bin')).body.equals(bytes)).toBe(true);
    const part = await ask('/a.bin', { range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe('bytes 100-199/300000');
    expect(part.body.equals(bytes.subarray(100, 200))).toBe(true);
    expect((await ask('/a.bin', { range: 'bytes=300000-' })).status).toBe(416);
    expect((await ask('/b.bin')).status).toBe(404);
    expect(server.counts).toMatchObject({ requests: 4, bodyBytes: 300_100 });
  });

  it('resets, cuts short and answers with the wrong things as it is told', async () => {
    await serve({ kind: 'reset', afterBytes: 1000 });
    expect(await ask('/a.bin')).toMatchObject({ failed: true });
    for (const [fault, expected] of [
      [{ kind: 'short', afterBytes: 1000 }, { failed: true }],
      [{ kind: 'status', status: 503, retryAfter: 2 }, { status: 503 }],
      [{ kind: 'html' }, { status: 200 }],
      [{ kind: 'whole' }, { status: 200, failed: false }],
    ] as const) {
      server.setFaults(() => fault);
      expect(await ask('/a.bin', { range: 'bytes=0-9999' })).toMatchObject(expected);
    }
  });

  it('shifts, inverts, packs and sends without a length', async () => {
    const bytes = await contentBytes(content);
    const range = { range: 'bytes=1000-1999' };
    await serve({ kind: 'shifted-range', byBytes: 10 });
    expect((await ask('/a.bin', range)).headers['content-range']).toBe('bytes 1010-2009/300000');
    server.setFaults(() => ({ kind: 'shifted-bytes', byBytes: 10 }));
    const odd = await ask('/a.bin', range);
    expect(odd.headers['content-range']).toBe('bytes 1000-1999/300000');
    expect(odd.body.equals(bytes.subarray(1010, 2010))).toBe(true);
    server.setFaults(() => ({ kind: 'wrong-bytes', at: 1500, length: 1 }));
    const wrong = (await ask('/a.bin', range)).body;
    expect(wrong[500]).toBe(bytes[1500]! ^ 0xff);
    expect(wrong.subarray(0, 500).equals(bytes.subarray(1000, 1500))).toBe(true);
    server.setFaults(() => ({ kind: 'gzip' }));
    expect((await ask('/a.bin', range)).headers['content-encoding']).toBe('gzip');
    server.setFaults(() => ({ kind: 'chunked' }));
    const chunked = await ask('/a.bin', range);
    expect(chunked.headers['transfer-encoding']).toBe('chunked');
    expect(chunked.body.length).toBe(1000);
  });

  it('lets a signed address run out after its bytes', async () => {
    await serve();
    const signed = server.sign('/a.bin', { bytes: 1000 });
    expect((await ask(signed, { range: 'bytes=0-999' })).status).toBe(206);
    expect((await ask(signed, { range: 'bytes=0-999' })).status).toBe(403);
  });

  it('refuses tokens where storage does, and connections above its most', async () => {
    await serve(undefined, {
      files: { '/r2': { content: bufferContent(Buffer.from('x')), refusesAuthorization: true } },
      maxConnections: 0,
      overMax: 429,
    });
    expect((await ask('/r2')).status).toBe(429);
    await server.close();
    await serve(undefined, {
      files: { '/r2': { content: bufferContent(Buffer.from('x')), refusesAuthorization: true } },
    });
    expect((await ask('/r2', { authorization: 'Bearer t' })).status).toBe(400);
    expect((await ask('/r2')).status).toBe(200);
  });

  it('fails by chance but the same for the same seed', () => {
    const run = () => {
      const plan = randomFaults(3, [{ chance: 0.3, make: resetAnywhere }]);
      return Array.from({ length: 20 }, (_, number) =>
        plan({
          number,
          numberOnConnection: 0,
          connection: 0,
          method: 'GET',
          path: '/',
          range: null,
          sizeBytes: 1000,
        }),
      );
    };
    expect(run()).toEqual(run());
    expect(run().filter(Boolean).length).toBeGreaterThan(2);
  });
});
