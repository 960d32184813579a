import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hashes } from '../contract.ts';
import { firstRequests } from '../testing/faults.ts';
import { listAll, type SourceWorld, startSourceWorld } from '../testing/source-world.ts';
import { HUB_TOKEN } from '../testing/stand-in/hub.ts';
import { setUpTransfers, type TransferSetup } from '../testing/transfer-setup.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { Source, SourceFile } from './source.ts';

// What a source says and what a transfer makes of it, together.

const MB = 1_000_000;
let world: SourceWorld;
let setup: TransferSetup;
let civitai: Source;
beforeAll(async () => {
  world = await startSourceWorld({ rate: 20 * MB });
  setup = await setUpTransfers();
  world.tokens.civitai = 'stand-in-token';
  world.tokens['hugging-face'] = HUB_TOKEN;
  civitai = world.sources.get('civitai');
});
afterAll(async () => {
  await setup.close();
  await world.close();
});

const partOf = (file: SourceFile) => join(setup.folder, file.ref.replace(/\W+/g, '-'));
const firstOf = async (source: Source, id: string) =>
  (await listAll(source, { kind: 'model', source: source.name, id }))[0]!;

function start(source: Source, file: SourceFile): Transfer {
  return setup.engine.start({
    id: file.ref,
    locate: (reason, signal) => source.locate(file.ref, reason, signal),
    partPath: partOf(file),
    expected: {
      hashes: file.hashes,
      ...(file.sizeBytes !== null && { sizeBytes: file.sizeBytes }),
    },
    alsoHash: Object.keys(file.hashes) as (keyof Hashes)[],
    limits: { connections: 4, pieceBytes: 1 << 20 },
    inspectHead: async (head, { contentType, host }) =>
      source.inspectHead(head, { name: file.name, contentType, host }),
  });
}

it('a file whose address runs out on the way is whole, and nothing but the address was asked for again', async () => {
  const file = await firstOf(civitai, '600101');
  const transfer = start(civitai, file);
  let expired = false;
  const stop = setup.engine.onSample(([sample]) => {
    if (expired || (sample?.doneBytes ?? 0) < 10 * MB) return;
    expired = true;
    world.standIn.storage.expireAll();
  });
  const result = await transfer.done;
  stop();
  expect(expired).toBe(true);
  expect(result.agreed).toContain('sha256');
  expect(result.disagreed).toEqual([]);
  expect(result.addressesRefreshed).toBeGreaterThan(0);
  expect(result.wastedBytes).toBeLessThan(0.015 * result.sizeBytes);
  const bytes = await readFile(partOf(file));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.hashes.sha256);
  for (const { headers } of world.standIn.storage.seen)
    expect(headers.authorization).toBeUndefined();
});

it('a file of the hub is checked by Git’s name of it, a large one by its SHA-256', async () => {
  const hub = world.sources.get('hugging-face');
  const files = await listAll(hub, {
    kind: 'model',
    source: 'hugging-face',
    id: 'example-org/paper-lantern',
  });
  for (const file of files) {
    const result = await start(hub, file).done;
    expect(result.agreed).toEqual(Object.keys(file.hashes));
  }
});

it('a wrong SHA-256 does not hide that the other hashes agree', async () => {
  const result = await start(civitai, await firstOf(civitai, '600011')).done;
  expect(result.disagreed).toContain('sha256');
  expect(result.agreed).toContain('blake3');
});

it.each([
  ['a page', firstRequests(100, { kind: 'html' })],
  ['a refusal', firstRequests(100, { kind: 'status', status: 403 })],
])('%s in place of the bytes is a failure and no file', async (_, faults) => {
  const file = await firstOf(civitai, '600007');
  world.standIn.setFaults(faults);
  await expect(start(civitai, file).done).rejects.toMatchObject({ retryable: false });
  world.standIn.setFaults(undefined);
});

it('what the source refuses is the transfer’s failure, in the source’s words', async () => {
  for (const [id, code] of [
    ['600006', 'DOWNLOADS_EARLY_ACCESS'],
    ['600008', 'DOWNLOADS_SWITCHED_OFF'],
    ['600013', 'DOWNLOADS_SOURCE_FILE_NOT_FOUND'],
  ] as const)
    await expect(start(civitai, await firstOf(civitai, id)).done).rejects.toMatchObject({ code });
});
