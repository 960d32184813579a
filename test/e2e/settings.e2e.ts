import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../packages/cli/src/exit-codes.ts';
import { setUp } from './support/api.ts';
import { kizashi, startProduct, temporaryFolder } from './support/product.ts';

describe('a start that cannot succeed ends by itself and says what to do', () => {
  let busy: ReturnType<typeof createServer>;
  let port: number;
  beforeAll(async () => {
    busy = createServer();
    await new Promise<void>((listening) => busy.listen(0, '127.0.0.1', listening));
    port = (busy.address() as AddressInfo).port;
  });
  afterAll(() => busy.close());

  /** The data folder is a fresh one, unless the case names another. */
  async function start(settings: Record<string, string>) {
    const folder = temporaryFolder();
    return kizashi(['serve'], {
      KIZASHI_DATA: folder,
      KIZASHI_PORT: '0',
      KIZASHI_DEMO: 'off',
      ...settings,
    });
  }

  it.each([
    [{ KIZASHI_PROT: '80' }, /KIZASHI_PROT: .*KIZASHI_PORT\?/],
    [{ KIZASHI_DATABSE_URL: 'sqlite:x' }, /KIZASHI_DATABSE_URL: .*KIZASHI_DATABASE_URL\?/],
    [{ KIZASHI_PORT: '80000' }, /KIZASHI_PORT: .*65535/],
    [{ KIZASHI_ROLES: 'web,wroker' }, /KIZASHI_ROLES: .*worker/],
    [{ KIZASHI_CONFIG: 'nowhere.yaml' }, /nowhere\.yaml/],
  ])('with %j', async (settings, words) => {
    const { code, stdout, stderr } = await start(settings as unknown as Record<string, string>);
    expect({ code, stdout }).toEqual({ code: exitCodes.usage, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('in Japanese where the terminal is', async () => {
    const { stderr } = await start({ KIZASHI_PROT: '80', LANG: 'ja_JP.UTF-8' });
    expect(stderr).toContain('KIZASHI_PROT: このような設定はありません。KIZASHI_PORT');
  });

  it('names the setting in a file that is unknown, and the place that cannot be read', async () => {
    const folder = temporaryFolder();
    const file = (text: string) => {
      const path = join(folder, 'kizashi.yaml');
      writeFileSync(path, text);
      return { KIZASHI_CONFIG: path };
    };
    expect((await start(file('prot: 80\n'))).stderr).toMatch(/prot: .*did you mean port\?/);
    const broken = await start(file('port: 80\n  host: [\n'));
    expect(broken.code).toBe(exitCodes.usage);
    expect(broken.stderr).toMatch(/line \d/);
  });

  it('when its port is in use', async () => {
    const { code, stderr } = await start({ KIZASHI_PORT: String(port) });
    expect(code).toBe(exitCodes.failed);
    expect(stderr).toContain(`Port ${port} is in use`);
  });

  it('when its data folder cannot be written', async () => {
    // A file in its place stops root, too.
    const path = join(temporaryFolder(), 'data');
    writeFileSync(path, 'not a folder');
    const { code, stderr } = await start({ KIZASHI_DATA: path });
    expect(code).toBe(exitCodes.failed);
    expect(stderr).toContain(`The data folder ${path} cannot be written`);
  });

  it('when another one runs on its data folder, until that one ends in whatever way', async () => {
    const folder = temporaryFolder();
    const settings = { KIZASHI_DATA: folder, KIZASHI_DEMO: 'off', KIZASHI_LOG_LEVEL: 'warn' };
    const first = await startProduct(folder, { KIZASHI_DEMO: 'off' });
    const { code, stderr } = await start(settings);
    expect(code).toBe(exitCodes.failed);
    expect(stderr).toContain(
      `already runs on the data folder ${folder}: process ${first.process.pid} `,
    );
    expect((await start({ ...settings, LANG: 'ja_JP.UTF-8' })).stderr).toContain(
      'すでに稼働しています',
    );
    // Commands work beside it, but for the one that would change everything under it.
    const backup = join(folder, 'x.backup');
    expect((await kizashi(['users', 'list', '--json'], settings)).code).toBe(exitCodes.ok);
    expect((await kizashi(['backup', 'create', backup], settings)).code).toBe(exitCodes.ok);
    const restore = ['backup', 'restore', backup, '--overwrite'];
    expect((await kizashi(restore, settings)).stderr).toContain('already runs');
    await first.kill();
    expect((await kizashi(restore, settings)).code).toBe(exitCodes.ok);
    await (await startProduct(folder, { KIZASHI_DEMO: 'off' })).stop();
  }, 60_000);

  it('when its database is away', async () => {
    const { code, stderr } = await start({
      KIZASHI_DATABASE_URL: `postgres://kizashi:geheim@127.0.0.1:${port}/kizashi`,
    });
    expect(code).toBe(exitCodes.unreachable);
    expect(stderr).not.toContain('geheim');
  });

  it('when its roles are split without Redis', async () => {
    const { code, stderr } = await start({ KIZASHI_ROLES: 'worker' });
    expect(code).toBe(exitCodes.failed);
    expect(stderr).toContain('KIZASHI_REDIS_URL');
  });
});

describe('settings in a file', () => {
  it('are in force, behind the environment and before the defaults', async () => {
    const folder = temporaryFolder();
    const data = join(folder, 'from-file');
    mkdirSync(data);
    const file = join(folder, 'kizashi.yaml');
    writeFileSync(
      file,
      [
        `data: ${data}`,
        // Not the environment's free one: nothing may listen there without privilege.
        'port: 1',
        'demo: off',
        'url: https://kizashi.example.org',
        'registration: open',
      ].join('\n'),
    );
    const product = await startProduct('', {
      KIZASHI_CONFIG: file,
      KIZASHI_REGISTRATION: 'closed',
      KIZASHI_LOG_LEVEL: 'info',
    });
    try {
      expect(product.url).toBe('https://kizashi.example.org');
      const listening = /listening at (http:\S+?)"/.exec(product.log())?.[1];
      expect(listening, 'the environment gave a free port').toBeDefined();
      const policy = await fetch(`${listening}/api/auth/policy`);
      expect(await policy.json()).toMatchObject({ registration: 'closed', needsSetup: true });
      const ready = await fetch(`${listening}/health/ready`);
      expect({ status: ready.status, body: await ready.json() }).toMatchObject({
        status: 200,
        body: { status: 'ready' },
      });
      const shown = await kizashi(['config', 'show', '--json'], { KIZASHI_CONFIG: file });
      expect(shown.stdout).toContain(data);
    } finally {
      expect(await product.stop(), product.log()).toBe(0);
    }
  });

  it('keep what was stored when the product is started again', async () => {
    const data = temporaryFolder();
    const first = await startProduct(data, { KIZASHI_DEMO: 'off' });
    await setUp(first);
    expect(await first.stop(), first.log()).toBe(0);
    const again = await startProduct(data, { KIZASHI_DEMO: 'off' });
    expect(again.setupLink).toBeNull();
    expect(await again.stop(), again.log()).toBe(0);
  });
});
