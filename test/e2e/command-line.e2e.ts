import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../packages/cli/src/context.ts';
import { exitCodes } from '../../packages/cli/src/exit-codes.ts';
import { createProgram } from '../../packages/cli/src/main.ts';
import { Api, administrator, setUp, until } from './support/api.ts';
import { demoData } from './support/demo.ts';
import { kizashi, type Product, root, startProduct, temporaryFolder } from './support/product.ts';
import { locales } from './support/words.ts';

const JAPANESE = { LANG: 'ja_JP.UTF-8' };
const SHIFT_JIS = join(root, 'packages/server/src/core/csv/fixtures/orders-cp932.csv');

function errorOf(stderr: string): { code: string; message: string } {
  const line = stderr.split('\n').find((text) => text.startsWith('{"error"')) ?? '{}';
  return (JSON.parse(line) as { error: { code: string; message: string } }).error;
}

type Command = Awaited<ReturnType<typeof createProgram>>;

/** A command and all below it, by what is typed: `kizashi import list`. */
function paths(command: Command, before = ''): [string, Command][] {
  const path = `${before} ${command.name()}`.trim();
  return [[path, command], ...command.commands.flatMap((child) => paths(child, path))];
}

describe('every command', () => {
  it.each(locales)('says what it is for in %s', async (locale) => {
    const context: Context = {
      locale,
      env: {},
      line: () => {},
      notice: () => {},
      input: () => Promise.resolve(''),
      connect: () => Promise.reject(new Error('no command runs here')),
    };
    const commands = paths(await createProgram(context));
    expect(commands.length).toBeGreaterThan(30);
    for (const [path, command] of commands) {
      expect(command.helpInformation()).toContain(`kizashi${path.slice('kizashi'.length)}`);
      for (const { description, flags } of command.options) {
        expect(description, `${path} ${flags}`).not.toBe('');
      }
      expect(command.description(), path).toMatch(
        locale === 'ja'
          ? /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
          : /^[\x20-\x7e…]+$/,
      );
    }
  });

  it('answers --help and --version with 0, in the language of the terminal', async () => {
    const english = await kizashi(['--help'], {});
    expect(english).toMatchObject({ code: exitCodes.ok, stderr: '' });
    for (const name of ['serve', 'migrate', 'import', 'kpi', 'forecast', 'alerts', 'users']) {
      expect(english.stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    const japanese = await kizashi(['import', 'list', '--help'], JAPANESE);
    expect(japanese).toMatchObject({ code: exitCodes.ok, stderr: '' });
    expect(japanese.stdout).toContain('使い方: kizashi import list');
    expect((await kizashi(['--version'], {})).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [[], 'USAGE'],
    [['serv'], 'USAGE'],
    [['serve', '--port', 'eighty'], 'CONFIG_INVALID'],
    [['kpi', '--period', 'some-day'], 'USAGE'],
    [['kpi', '--from', '2011-13-01', '--to', '2011-12-31'], 'REQUEST_INVALID'],
    [['forecast'], 'USAGE'],
    [['forecast', 'sales.revenue', '--model', 'magic'], 'USAGE'],
    [['import', 'nowhere.csv'], 'FILE_UNREADABLE'],
    [['users', 'invite', '--role', 'king'], 'USAGE'],
    [
      ['tokens', 'create', 'x', '--user', 'a@b.example', '--scope', 'sales.read', '--days', '0'],
      'DAYS_INVALID',
    ],
    [['tokens', 'create', 'x', '--scope', 'sales.read'], 'USAGE'],
    [['users', 'create', '--email', 'a@b.example', '--password-stdin'], 'PASSWORD_MISSING'],
    [['users', 'create', '--email', 'nobody'], 'REQUEST_INVALID'],
    [['backup', 'verify'], 'USAGE'],
    [['kpi', '--server', 'somewhere'], 'SERVER_INVALID'],
  ])('%j is wrong input: exit code 2, and nothing on standard output', async (args, code) => {
    const data = { KIZASHI_DATA: temporaryFolder() };
    const result = await kizashi([...args, '--json'], data);
    expect(result.stderr).not.toContain('    at ');
    expect({ ...errorOf(result.stderr), exit: result.code, stdout: result.stdout }).toMatchObject({
      code: args.length === 0 ? 'USAGE' : code,
      exit: exitCodes.usage,
      stdout: '',
    });
  });
});

describe('on the data folder of this machine', () => {
  let env: Record<string, string>;
  const run = async (args: readonly string[], more = {}) => kizashi(args, { ...env, ...more });
  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await run([...args, '--json']);
    if (code !== exitCodes.ok) throw new Error(`kizashi ${args.join(' ')}: ${code} ${stderr}`);
    return JSON.parse(stdout) as T;
  }
  beforeAll(async () => {
    env = { KIZASHI_DATA: await demoData() };
  });

  it('shows figures and forecasts, to programs and to people of both languages', async () => {
    const { kpis } = await json<{ kpis: { id: string; value: number }[] }>(
      'kpi',
      '--period',
      'all',
    );
    expect(kpis.find(({ id }) => id === 'orders')?.value).toBe(19_960);
    const table = await run(['kpi', '--period', 'all'], JAPANESE);
    expect(table.stdout).toContain('指標');
    expect(table.stdout).toMatch(/customers\s+4,338/);
    expect(table.stdout).toMatch(/revenue\s+£[\d,]+\.\d\d/);
    const germany = await json<{ kpis: { id: string; value: number }[] }>(
      ...['kpi', '--from', '2011-11-01', '--to', '2011-11-30', '--filter', 'country:Germany'],
    );
    expect(germany.kpis.find(({ id }) => id === 'orders')?.value).toBeLessThan(200);
    const forecast = await json<{ mean: number[]; intervals: object[]; backtest: object }>(
      ...['forecast', 'sales.orders', '--bucket', 'week', '--h', '4', '--level', '0.9'],
    );
    expect(forecast.mean).toHaveLength(4);
    expect(forecast.intervals).toHaveLength(1);
    expect(forecast.backtest).not.toBeNull();
    const unknown = await run(['forecast', 'sales.nothing', '--json']);
    expect(unknown.code).toBe(exitCodes.failed);
  });

  it('imports a Shift_JIS file: all or nothing, then the good rows; lists its errors; undoes it', async () => {
    const file = join(temporaryFolder(), 'orders.csv');
    const bad = Buffer.from('A-006,2025-02-30,ABC,Milk,1,100,100,\r\n');
    writeFileSync(file, Buffer.concat([readFileSync(SHIFT_JIS), bad]));
    const refused = await run(['import', file, '--json']);
    expect(refused.code).toBe(exitCodes.failed);
    expect(JSON.parse(refused.stdout)).toMatchObject({ state: 'rejected', rowsStored: 0 });
    expect(errorOf(refused.stderr).code).toBe('IMPORT_REJECTED');

    const done = await json<{ id: string }>('import', file, '--mode', 'good-rows');
    expect(done).toMatchObject({ state: 'done', rowsStored: 5, rowsRejected: 1 });
    const errors = await run(['import', 'errors', done.id], JAPANESE);
    expect(errors.stdout).toMatch(/8\s+受注日.*2025-02-30/);
    const wrongType = await run(['import', file, '--map', '数量=quantity:date', '--json']);
    expect(wrongType.code).toBe(exitCodes.usage);
    expect(errorOf(wrongType.stderr).message).toContain('number, integer');
    const asDay = ['--map', '受注日=time:date', '--map', '数量=quantity:integer'];
    const typed = await run(['import', file, ...asDay, '--mode', 'good-rows', '--json']);
    expect(errorOf(typed.stderr).code).toBe('SALES_DUPLICATE_FILE');
    const again = await run(['import', file, '--mode', 'good-rows', '--json']);
    expect(again.code).toBe(exitCodes.failed);
    expect(await json('import', 'undo', done.id)).toMatchObject({ state: 'undone' });
    const { items } = await json<{ items: { state: string }[] }>('import', 'list');
    expect(items.map(({ state }) => state)).toEqual(['undone', 'rejected', 'done']);
  });

  it('invites, and lists people, rules, alerts and tasks', async () => {
    const { link } = await json<{ link: string }>('users', 'invite', '--role', 'analyst');
    expect(link).toMatch(/^http:\/\/localhost:4700\/register#.{20,}$/);
    expect(await json('users', 'list')).toMatchObject({ items: [] });
    expect(await json('alerts', 'rules')).toEqual({ items: [] });
    const { items } = await json<{ items: { name: string }[] }>('tasks', 'list', '--state', 'done');
    expect(items.map(({ name }) => name)).toContain('sales.import');
    const nobody = await run(['users', 'set', 'nobody@example.com', '--disable', '--json']);
    expect(nobody.code).toBe(exitCodes.failed);
    expect(errorOf(nobody.stderr).code).toBe('USER_UNKNOWN');
  });

  it('makes people and their tokens, which the server of that folder then knows', async () => {
    const data = { KIZASHI_DATA: temporaryFolder(), KIZASHI_BCRYPT_COST: '4' };
    const local = async (args: readonly string[], input?: string) =>
      kizashi([...args, '--json'], data, input);
    const password = 'a long enough password';
    const made = await local(
      [
        ...'users create --email ada@example.org --role administrator'.split(' '),
        '--password-stdin',
      ],
      `${password}\n`,
    );
    expect(JSON.parse(made.stdout)).toMatchObject({ name: 'ada', locale: 'en', link: null });
    const ken = JSON.parse((await local(['users', 'create', '--email', 'ken@example.org'])).stdout);
    expect(ken).toMatchObject({ role: 'viewer', link: expect.stringContaining('/reset#') });

    const scope = ['--scope', 'sales.read'];
    const nobody = await local(['tokens', 'create', 'n', '--user', 'no@example.org', ...scope]);
    expect(errorOf(nobody.stderr).code).toBe('USER_UNKNOWN');
    const wide = await local(
      'tokens create n --user ken@example.org --scope users.manage'.split(' '),
    );
    expect(errorOf(wide.stderr).code).toBe('AUTH_SCOPES_EXCEED');
    const created = await local(['tokens', 'create', 'n', '--user', 'ken@example.org', ...scope]);
    const token = JSON.parse(created.stdout) as { id: string; secret: string };

    const product = await startProduct(data.KIZASHI_DATA, { KIZASHI_DEMO: 'off' });
    try {
      expect(product.setupLink).toBeNull();
      const ask = (headers: Record<string, string>) =>
        fetch(`${product.url}/api/auth/me`, { headers });
      const asKen = { authorization: `Bearer ${token.secret}` };
      expect(await (await ask(asKen)).json()).toMatchObject({
        user: { email: 'ken@example.org' },
        permissions: ['sales.read'],
      });
      const ada = new Api(() => product.url);
      await ada.signIn({ ...administrator, email: 'ada@example.org', password });
      expect(await ada.get('/api/users')).toMatchObject({ items: [{ name: 'ada' }, {}] });
      // The server runs on: the command works beside it.
      const listed = await local(['tokens', 'list', '--user', 'ken@example.org']);
      expect(JSON.parse(listed.stdout)).toMatchObject({ items: [{ id: token.id, name: 'n' }] });
      const revoked = await local(['tokens', 'revoke', token.id, '--user', 'ken@example.org']);
      expect(revoked.code).toBe(exitCodes.ok);
      await until(
        async () => (await ask(asKen)).status,
        (status) => status === 401,
      );
    } finally {
      await product.stop();
    }
  });

  it('leaves the link of a server that waits for its first administrator alone', async () => {
    const data = temporaryFolder();
    const product = await startProduct(data, { KIZASHI_DEMO: 'off' });
    try {
      const listed = await kizashi(['users', 'list', '--json'], { KIZASHI_DATA: data });
      expect(JSON.parse(listed.stdout)).toEqual({ items: [] });
      await setUp(product);
    } finally {
      await product.stop();
    }
  });

  it('shows its settings without their secrets', async () => {
    const secret = 'postgres://kizashi:geheim@db.example.org/kizashi';
    const shown = await run(['config', 'show', '--json'], { KIZASHI_DATABASE_URL: secret });
    expect(shown.code).toBe(exitCodes.ok);
    const { settings } = JSON.parse(shown.stdout) as { settings: { name: string }[] };
    expect(settings).toContainEqual({
      name: 'databaseUrl',
      variable: 'KIZASHI_DATABASE_URL',
      value: '(set)',
      origin: 'environment',
    });
    expect(shown.stdout + shown.stderr).not.toContain('geheim');
    expect(await json('config', 'check')).toMatchObject({ ok: true });
  });

  it('backs up, verifies and restores into another database; migrations have nothing left to do', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'kizashi.backup');
    const made = await json<{ rows: number }>('backup', 'create', file);
    expect(made.rows).toBeGreaterThan(541_909);
    expect(await json('backup', 'verify', file)).toMatchObject({ rows: made.rows });
    const broken = join(folder, 'broken.backup');
    writeFileSync(broken, readFileSync(file).subarray(0, 100_000));
    expect((await run(['backup', 'verify', broken])).code).toBe(exitCodes.failed);
    expect((await run(['backup', 'restore', file])).code).toBe(exitCodes.failed);
    const other = { KIZASHI_DATA: join(folder, 'restored'), KIZASHI_DEMO: 'off' };
    const restored = await run(['backup', 'restore', file, '--json'], other);
    expect(restored).toMatchObject({ code: exitCodes.ok });
    expect(JSON.parse((await run(['migrate', '--status', '--json'], other)).stdout)).toEqual({
      pending: [],
    });
    const kpi = await run(['kpi', '--period', 'all'], other);
    expect(kpi.stdout).toMatch(/orders\s+19,960/);
  });
});

describe('against a server', () => {
  let product: Product;
  let admin: Api;
  let env: Record<string, string>;
  beforeAll(async () => {
    product = await startProduct(temporaryFolder(), { KIZASHI_DEMO: 'off' });
    admin = await setUp(product);
    env = {
      KIZASHI_SERVER: product.url,
      KIZASHI_TOKEN: await token(['sales.read', 'sales.import']),
    };
  });
  afterAll(() => product?.stop());
  async function token(scopes: string[]): Promise<string> {
    const body = { name: scopes.join(), scopes, expiresAt: null };
    return (await admin.post<{ secret: string }>('/api/tokens', body)).secret;
  }

  it('does what its token may, and is refused the rest', async () => {
    const none = await kizashi(['kpi', '--json'], env);
    expect({ code: none.code, error: errorOf(none.stderr).code }).toEqual({
      code: exitCodes.failed,
      error: 'NO_SALES',
    });
    const done = await kizashi(['import', SHIFT_JIS, '--json'], env);
    expect(done.code).toBe(exitCodes.ok);
    expect(JSON.parse(done.stdout)).toMatchObject({ state: 'done', rowsStored: 5 });
    const kpi = await kizashi(['kpi', '--period', 'all'], { ...env, ...JAPANESE });
    expect(kpi.stdout).toMatch(/orders\s+4\b/);
    const refused = await kizashi(['users', 'list'], env);
    expect(refused.code).toBe(exitCodes.denied);
  });

  it('tells a missing, a revoked and a wrong token from a server that is away or another', async () => {
    const KIZASHI_SERVER = product.url;
    expect((await kizashi(['kpi'], { KIZASHI_SERVER })).code).toBe(exitCodes.denied);
    const secret = await token(['sales.read']);
    const { items } = await admin.get<{ items: { id: string; name: string }[] }>('/api/tokens');
    const id = items.find(({ name }) => name === 'sales.read')?.id;
    await admin.call('DELETE', `/api/tokens/${id}`);
    for (const KIZASHI_TOKEN of [secret, 'kzs_stolen']) {
      const result = await kizashi(['import', 'list', '--json'], { KIZASHI_SERVER, KIZASHI_TOKEN });
      expect(result.code).toBe(exitCodes.denied);
      expect(errorOf(result.stderr).message).toContain(
        'KIZASHI_TOKEN is wrong, expired or withdrawn',
      );
    }
    const secure = product.url.replace('http:', 'https:');
    const plain = await kizashi(['import', 'list', '--json', '--server', secure], env);
    expect(errorOf(plain.stderr).message).toMatch(/ERR_SSL_\w+\. Check/);
    const folder = await kizashi(['import', tmpdir(), '--json'], env);
    expect(folder.code).toBe(exitCodes.usage);
    expect(errorOf(folder.stderr).message).toContain('is no file');
    const elsewhere = createServer((_request, response) => response.end('<h1>Hello</h1>'));
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const { port } = elsewhere.address() as AddressInfo;
    const server = `http://127.0.0.1:${port}`;
    const other = await kizashi(['import', 'list', '--json', '--server', server], env);
    expect(other.code).toBe(exitCodes.failed);
    expect(errorOf(other.stderr).code).toBe('NOT_KIZASHI');
    await new Promise((closed) => elsewhere.close(closed));
    const away = await kizashi(['import', 'list', '--json', '--server', server], env);
    expect(away.code).toBe(exitCodes.unreachable);
    expect(errorOf(away.stderr).code).toBe('UNREACHABLE');
  });
});
