import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError } from '../../command-error.ts';
import type { Context } from '../../context.ts';
import { scanCommand } from './scan.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizashi-scan-'));
  await writeFile(join(folder, 'note.txt'), 'hello');
  await writeFile(
    join(folder, 'model.pt'),
    Buffer.from('gAJjb3MKc3lzdGVtClgEAAAAdHJ1ZYVSLg==', 'base64'),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function run(args: string[], locale: Context['locale'] = 'en') {
  const lines: string[] = [];
  const context: Context = {
    locale,
    env: {},
    line: (text) => lines.push(text),
    notice: () => {},
    input: async () => '',
    connect: () => Promise.reject(new Error('no server is needed')),
  };
  const outcome = scanCommand(context).parseAsync([...args, '--clamav', 'off'], { from: 'user' });
  const error = await outcome.then(
    () => null,
    (reason: unknown) => reason,
  );
  return {
    text: lines.join('\n'),
    exitCode: error instanceof CommandError ? error.exitCode : error,
  };
}

describe('kizashi downloads scan', () => {
  it('prints one document and ends with 1 when a file is not clean', async () => {
    const { text, exitCode } = await run([folder, '--json']);
    expect(JSON.parse(text)).toEqual({
      files: [
        {
          path: join(folder, 'model.pt'),
          verdict: 'dangerous',
          reasons: ['pickle.dangerous-global'],
          imports: [{ module: 'os', name: 'system', level: 'dangerous' }],
          antivirus: { result: 'off', signature: null },
        },
        {
          path: join(folder, 'note.txt'),
          verdict: 'clean',
          reasons: [],
          imports: [],
          antivirus: { result: 'off', signature: null },
        },
      ],
    });
    expect(exitCode).toBe(1);
  });

  it('ends with 0 when nothing reaches the verdict asked for', async () => {
    expect(await run([join(folder, 'note.txt')])).toEqual({
      text: 'clean 1 (without ClamAV)',
      exitCode: null,
    });
  });

  it('tells people what is wrong in their language', async () => {
    const { text } = await run([folder], 'ja');
    expect(text).toContain('危険');
    expect(text).toContain('os.system');
    expect(text).toContain('コードの実行やシステムの操作が知られているインポート');
    expect(text).toContain('問題なし 1、危険 1');
  });

  it('ends with 2 for a path that is not there, and prints nothing', async () => {
    expect(await run([join(folder, 'missing'), folder, '--json'])).toEqual({
      text: '',
      exitCode: 2,
    });
  });

  it('prints an empty list for an empty folder', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    expect(JSON.parse((await run([empty, '--json'])).text)).toEqual({ files: [] });
    await rm(empty, { recursive: true });
  });
});
