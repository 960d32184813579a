import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contentBytes, contentHash, patternContent } from '../testing/content.ts';
import {
  type FaultServer,
  type FaultServerOptions,
  startFaultServer,
} from '../testing/fault-server.ts';
import {
  dribble,
  type FaultPlan,
  firstRequests,
  randomFaults,
  resetAnywhere,
} from '../testing/faults.ts';
import { requestOf, setUpTransfers, type TransferSetup } from '../testing/transfer-setup.ts';
import type { TransferRequest, TransferResult } from './transfer.ts';

const SIZE = 3_000_001;
const content = patternContent(SIZE, 11);
const FILE = { content, etag: '"one"', lastModified: 'Mon, 05 Jan 2026 00:00:00 GMT' };
let bytes: Buffer;
let sha256: string;
beforeAll(async () => {
  bytes = await contentBytes(content);
  sha256 = await contentHash(content);
});

let server: FaultServer;
let setup: TransferSetup;
afterEach(async () => {
  await setup.close();
  await server.close();
});
afterAll(() => {});

async function fetchWith(
  options: Partial<FaultServerOptions>,
  more: Partial<TransferRequest> = {},
): Promise<TransferResult> {
  server = await startFaultServer({ files: { '/a': FILE }, ...options });
  setup = await setUpTransfers();
  const expected = { sizeBytes: SIZE, hashes: { sha256 } };
  return setup.engine.start(requestOf(setup, `${server.url}/a`, { expected, ...more })).done;
}

const onlyRanges =
  (plan: FaultPlan): FaultPlan =>
  (request) =>
    request.range ? plan(request) : undefined;

/** Each comes a few times and then no more: the file has to be right, and little fetched twice. */
const passing: Record<string, { plan: FaultPlan; waste?: number }> = {
  'connections reset at random bytes': {
    plan: randomFaults(1, [{ chance: 0.3, make: resetAnywhere }]),
  },
  'connections reset before a word': { plan: firstRequests(4, { kind: 'reset', afterBytes: 0 }) },
  'bodies cut short by a clean close': {
    plan: randomFaults(2, [
      {
        chance: 0.3,
        make: (at, length) => ({ kind: 'short', afterBytes: Math.floor(at * length) }),
      },
    ]),
  },
  'status 503': {
    plan: randomFaults(3, [{ chance: 0.3, make: () => ({ kind: 'status', status: 503 }) }]),
  },
  'status 503 with Retry-After': {
    plan: firstRequests(2, { kind: 'status', status: 503, retryAfter: 0 }),
  },
  'status 429 with the date of Retry-After': {
    plan: firstRequests(2, {
      kind: 'status',
      status: 429,
      retryAfter: new Date(Date.now()).toUTCString(),
    }),
  },
  'the whole file instead of a part': {
    plan: firstRequests(2, { kind: 'whole' }, ({ number }) => number > 2),
  },
  'another part than asked for': {
    plan: firstRequests(3, { kind: 'shifted-range', byBytes: 4096 }),
  },
  'a part of another total length': {
    plan: firstRequests(2, { kind: 'wrong-length', byBytes: 100 }, ({ number }) => number > 1),
  },
  'a first answer of another total length': {
    plan: firstRequests(1, { kind: 'wrong-length', byBytes: 100 }),
  },
  'one answer with another ETag': {
    plan: firstRequests(1, { kind: 'etag', etag: '"two"' }, ({ number }) => number > 3),
  },
  'status 416 for a part there is': { plan: firstRequests(2, { kind: 'status', status: 416 }) },
  'a page with status 200 at first': { plan: firstRequests(1, { kind: 'html' }) },
  'a page with status 200 in mid-file': {
    plan: firstRequests(2, { kind: 'html' }, ({ number }) => number > 3),
  },
  'a body that stops': {
    plan: firstRequests(2, { kind: 'stall', afterBytes: 10_000 }),
  },
  'an answer that never comes': { plan: firstRequests(1, { kind: 'stall', afterBytes: 0 }) },
  'a connection that dribbles': { plan: firstRequests(1, dribble, ({ number }) => number === 3) },
  'gzip although identity was asked for': { plan: firstRequests(2, { kind: 'gzip' }) },
  'answers without a length': { plan: onlyRanges(() => ({ kind: 'chunked' })) },
  'header names in capitals': { plan: () => ({ kind: 'header-case', to: 'upper' }) },
  'header names in small letters': { plan: () => ({ kind: 'header-case', to: 'lower' }) },
};

describe('a transfer gets the right file in spite of', () => {
  for (const [name, { plan, waste }] of Object.entries(passing))
    it(name, async () => {
      const result = await fetchWith({ faults: plan });
      expect(result).toMatchObject({ sizeBytes: SIZE, agreed: ['sha256'], disagreed: [] });
      expect((await readFile(setup.part)).equals(bytes)).toBe(true);
      // Of answers that are of no use a few kilobytes come before the connection is closed.
      expect(result.wastedBytes).toBeLessThan((waste ?? 0.15) * SIZE);
    });

  it('a first answer that is a page, when only the hash is promised', async () => {
    const result = await fetchWith(
      { faults: firstRequests(1, { kind: 'html' }) },
      { expected: { hashes: { sha256 } } },
    );
    expect(result.agreed).toEqual(['sha256']);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });

  it('a first answer of another length, when no length is promised', async () => {
    await fetchWith(
      { faults: firstRequests(2, { kind: 'wrong-length', byBytes: 1000 }) },
      { expected: { hashes: { sha256 } } },
    );
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });

  it('a server that knows no parts', async () => {
    const result = await fetchWith({ files: { '/a': { ...FILE, ranges: false } } });
    expect(result.facts.ranges).toBe(false);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
    expect(server.counts.requests).toBe(1);
  });

  it('a server that knows no parts and breaks off, without losing what came', async () => {
    const result = await fetchWith({
      files: { '/a': { ...FILE, ranges: false } },
      faults: firstRequests(1, { kind: 'reset', afterBytes: 2_000_000 }),
    });
    // What came before is read over, not kept a second time; how much of it did is up to the kernel.
    expect(result.wastedBytes).toBeGreaterThan(300_000);
    expect(result.wastedBytes).toBeLessThanOrEqual(2_000_000);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });

  it('a server that tells no length at all, when nothing is promised', async () => {
    await fetchWith(
      { files: { '/a': { ...FILE, ranges: false } }, faults: () => ({ kind: 'chunked' }) },
      { expected: { hashes: {} } },
    );
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });

  it('one that ends to know parts in mid-file', async () => {
    const result = await fetchWith({
      faults: ({ number }) => (number > 3 ? { kind: 'whole' } : undefined),
    });
    expect(result.agreed).toEqual(['sha256']);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });

  it('a file that is replaced in mid-file: it starts over once', async () => {
    const other = patternContent(SIZE, 12);
    let current: typeof FILE = FILE;
    const result = await fetchWith(
      {
        files: () => current,
        faults: ({ number }) => {
          if (number === 4) current = { ...FILE, content: other, etag: '"two"' };
          return undefined;
        },
      },
      { expected: { hashes: {} } },
    );
    expect(result.facts.etag).toBe('"two"');
    expect((await readFile(setup.part)).equals(await contentBytes(other))).toBe(true);
  });

  it('a cap on connections, with as many as there may be', async () => {
    const result = await fetchWith(
      { maxConnections: 2, overMax: 429, rate: 4_000_000 },
      { limits: { connections: 8, pieceBytes: 65_536 } },
    );
    expect(result.agreed).toEqual(['sha256']);
    expect(server.counts.mostConnections).toBeLessThanOrEqual(9);
    expect(setup.samples.at(-1)?.refusals).toBeGreaterThan(0);
  });

  it('a cap on connections that resets those above it', async () => {
    const result = await fetchWith(
      { maxConnections: 2, overMax: 'refuse', rate: 4_000_000 },
      { limits: { connections: 8, pieceBytes: 65_536 } },
    );
    expect(result.agreed).toEqual(['sha256']);
  });

  it('an address that runs out in mid-file', async () => {
    server = await startFaultServer({ files: { '/a': FILE } });
    setup = await setUpTransfers();
    const reasons: string[] = [];
    const result = await setup.engine.start(
      requestOf(setup, '', {
        expected: { hashes: { sha256 } },
        locate: async (reason) => {
          reasons.push(reason);
          return { url: server.url + server.sign('/a', { bytes: 1_200_000 }), headers: {} };
        },
      }),
    ).done;
    expect(reasons).toEqual(['start', 'expired', 'expired']);
    expect(result.addressesRefreshed).toBe(2);
    expect(result.wastedBytes).toBeLessThan(5000);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });

  it('a redirect to storage that refuses tokens, which never sees the token', async () => {
    const storage = await startFaultServer({
      files: { '/b': { ...FILE, refusesAuthorization: true } },
    });
    server = await startFaultServer({
      files: { '/a': FILE },
      faults: () => ({ kind: 'redirect', to: `${storage.url}/b`, status: 307 }),
    });
    setup = await setUpTransfers();
    const result = await setup.engine.start(
      requestOf(setup, '', {
        expected: { hashes: { sha256 } },
        locate: async () => ({ url: `${server.url}/a`, headers: { Authorization: 'Bearer t' } }),
      }),
    ).done;
    expect(result.agreed).toEqual(['sha256']);
    // The site is asked once; the parts come from storage.
    expect(server.counts.requests).toBe(1);
    await storage.close();
  });
});

describe('a wrong piece is found and fetched again, alone:', () => {
  it('wrong bytes under the right place', async () => {
    // Near the beginning: of what is asked again behind it little is on its way when it is found.
    let damaged = false;
    const result = await fetchWith({
      faults: ({ range }) => {
        if (damaged || !range || range.start > 150_000 || range.end <= 150_000) return undefined;
        damaged = true;
        return { kind: 'wrong-bytes', at: 150_000, length: 7 };
      },
    });
    expect(result.repairedPieces).toBe(1);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
    expect(server.counts.bodyBytes).toBeLessThan(2 * SIZE);
  });

  it('shifted bytes under the right place, by a few samples', async () => {
    const result = await fetchWith({
      faults: firstRequests(
        1,
        { kind: 'shifted-bytes', byBytes: 16 },
        ({ number }) => number === 9,
      ),
    });
    expect(result.repairedPieces).toBe(1);
    expect((await readFile(setup.part)).equals(bytes)).toBe(true);
  });
});

describe('a transfer fails truthfully', () => {
  const failure = (options: Partial<FaultServerOptions>, more: Partial<TransferRequest> = {}) =>
    fetchWith(options, more).then(
      () => 'it did not fail',
      (error: { code: string; retryable: boolean }) => [error.code, error.retryable],
    );

  it('when every part came the same twice and the hash is another', async () => {
    const wrong = { sizeBytes: SIZE, hashes: { sha256: 'ab'.repeat(32) } };
    expect(await failure({}, { expected: wrong })).toEqual(['DOWNLOADS_HASH_MISMATCH', false]);
    expect(server.counts.bodyBytes).toBeLessThan(2.2 * SIZE);
  });

  it('but not when another hash says that only the promised SHA-256 is wrong', async () => {
    const { hashes } = await fetchWith({}, { alsoHash: ['blake3'] });
    await setup.close();
    await server.close();
    for (const proof of [{ blake3: hashes.blake3! }, { crc32: hashes.crc32!.toUpperCase() }]) {
      const expected = { sizeBytes: SIZE, hashes: { sha256: 'ab'.repeat(32), ...proof } };
      const result = await fetchWith({}, { expected });
      expect(result.agreed).toEqual(Object.keys(proof));
      expect(result.disagreed).toEqual(['sha256']);
      expect(server.counts.bodyBytes).toBe(SIZE);
      await setup.close();
      await server.close();
    }
    await fetchWith({});
  });

  it('when the file is of another size than promised', async () => {
    const expected = { sizeBytes: SIZE + 5, hashes: {} };
    expect(await failure({}, { expected })).toEqual(['DOWNLOADS_SIZE_MISMATCH', false]);
  });

  it('when a page comes each time', async () => {
    expect(await failure({ faults: () => ({ kind: 'html' }) })).toEqual([
      'DOWNLOADS_PAGE_INSTEAD_OF_FILE',
      false,
    ]);
  });

  it('with what the source finds in the first bytes', async () => {
    const found = new Error('a login page');
    const inspectHead = async (head: Uint8Array): Promise<void> => {
      if (Buffer.from(head).includes('Sign in')) throw found;
    };
    await expect(fetchWith({ faults: () => ({ kind: 'html' }) }, { inspectHead })).rejects.toBe(
      found,
    );
  });

  for (const [status, code, retryable] of [
    [400, 'DOWNLOADS_REJECTED', false],
    [401, 'DOWNLOADS_UNAUTHORISED', false],
    [403, 'DOWNLOADS_FORBIDDEN', false],
    [404, 'DOWNLOADS_NOT_FOUND', false],
    [410, 'DOWNLOADS_NOT_FOUND', false],
    [418, 'DOWNLOADS_REJECTED', false],
    [429, 'DOWNLOADS_HOST_BUSY', true],
    [500, 'DOWNLOADS_HOST_BUSY', true],
    [503, 'DOWNLOADS_HOST_BUSY', true],
  ] as const)
    it(`on status ${status}`, async () => {
      expect(await failure({ faults: () => ({ kind: 'status', status }) })).toEqual([
        code,
        retryable,
      ]);
    });

  it('when the host wants hours', async () => {
    expect(
      await failure({ faults: () => ({ kind: 'status', status: 503, retryAfter: 7200 }) }),
    ).toEqual(['DOWNLOADS_HOST_BUSY', true]);
    expect(server.counts.requests).toBe(1);
  });

  it('when nothing but gzip, other parts, or resets come', async () => {
    expect(await failure({ faults: () => ({ kind: 'gzip' }) })).toEqual([
      'DOWNLOADS_ANSWER_INVALID',
      true,
    ]);
    await setup.close();
    await server.close();
    expect(await failure({ faults: () => ({ kind: 'shifted-range', byBytes: 9 }) })).toEqual([
      'DOWNLOADS_ANSWER_INVALID',
      true,
    ]);
    await setup.close();
    await server.close();
    expect(await failure({ faults: () => ({ kind: 'reset', afterBytes: 0 }) })).toEqual([
      'DOWNLOADS_CONNECTION_LOST',
      true,
    ]);
  });

  it('when the file changes all the time', async () => {
    expect(
      await failure({ faults: ({ number }) => ({ kind: 'etag', etag: `"${number >> 2}"` }) }),
    ).toEqual(['DOWNLOADS_FILE_CHANGES', true]);
  });

  it('when redirects go in a circle', async () => {
    expect(await failure({ faults: () => ({ kind: 'redirect', to: '/a' }) })).toEqual([
      'DOWNLOADS_REDIRECT_INVALID',
      false,
    ]);
  });

  it('when nobody is there', async () => {
    server = await startFaultServer({ files: {} });
    const { url } = server;
    await server.close();
    setup = await setUpTransfers();
    await expect(setup.engine.start(requestOf(setup, `${url}/a`)).done).rejects.toMatchObject({
      code: 'DOWNLOADS_UNREACHABLE',
      retryable: true,
    });
    server = await startFaultServer({ files: {} });
  });
});
