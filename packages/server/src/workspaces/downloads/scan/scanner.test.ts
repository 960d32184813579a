import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompute } from '../../../core/compute/worker-pool.ts';
import { createScanner } from './scanner.ts';
import { HOSTILE } from './testing/pickle-assembler.ts';

let folder: string;
const compute = createCompute({ threads: 1 });
const scanner = createScanner({ compute, clamav: 'off', env: {} });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizashi-scanner-'));
  await writeFile(join(folder, 'download.part'), '<!DOCTYPE html><html></html>');
  await writeFile(join(folder, 'other.part'), HOSTILE);
});
afterAll(async () => {
  await compute.stop();
  await rm(folder, { recursive: true });
});

describe('the scanner of the server', () => {
  it('judges a file by the name it will have', async () => {
    const scan = await scanner.scan({
      path: join(folder, 'download.part'),
      name: 'model.safetensors',
    });
    expect(scan).toMatchObject({ verdict: 'malformed', reasons: ['format.html'] });
  });

  it('says what it found and that no virus scanner ran', async () => {
    expect(await scanner.scan({ path: join(folder, 'other.part'), name: 'model.pt' })).toEqual({
      path: join(folder, 'other.part'),
      verdict: 'dangerous',
      reasons: ['pickle.dangerous-global'],
      imports: [{ module: 'os', name: 'system', level: 'dangerous' }],
      antivirus: { result: 'off', signature: null },
    });
  });

  it('fails for a file that is not there', async () => {
    await expect(scanner.scan({ path: join(folder, 'missing') })).rejects.toMatchObject({
      code: 'COMPUTE_TASK_FAILED',
    });
  });

  it('ends when the caller ends it', async () => {
    const reason = new Error('enough');
    await expect(
      scanner.scan({ path: join(folder, 'other.part') }, AbortSignal.abort(reason)),
    ).rejects.toBe(reason);
  });
});
