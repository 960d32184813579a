import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type Config, loadConfig } from './config.ts';
import { coreSettings } from './core-settings.ts';
import { environmentName, type SettingTable, wholeNumber } from './setting.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
function fileOf(text: string): string {
  const path = join(folder, `${++files}.yaml`);
  writeFileSync(path, text);
  return path;
}

function failureOf(load: () => Config): AppError {
  try {
    load();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  return expect.unreachable('the settings are wrong');
}

describe('settings', () => {
  it('have defaults that fit their own schema', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ port: 4700, roles: ['web', 'worker'], demo: true });
    expect(config.databaseUrl).toBeUndefined();
  });

  it('come from the environment before the file, and from the file before the defaults', () => {
    const file = fileOf('port: 5000\nhost: 0.0.0.0\ndemo: off\nroles: [worker]\n');
    const config = loadConfig({ KIZASHI_PORT: '6000' }, [], file);
    expect(config).toMatchObject({ port: 6000, host: '0.0.0.0', demo: false, roles: ['worker'] });
    expect(config.file).toBe(file);
    expect(config.origins).toMatchObject({ port: 'environment', host: 'file', data: 'default' });
    expect(loadConfig({ KIZASHI_CONFIG: file }).port).toBe(5000);
  });

  it('that are empty count as not given', () => {
    expect(loadConfig({ KIZASHI_PORT: '' }, [], fileOf('host:\nport: ~\n'))).toMatchObject({
      port: 4700,
      host: '127.0.0.1',
      origins: { port: 'default', host: 'default' },
    });
    expect(loadConfig({}, [], fileOf('')).port).toBe(4700);
  });

  it('cannot be changed afterwards', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.roles)).toBe(true);
  });

  it.each([
    ['KIZASHI_DEMO', 'no', 'demo', false],
    ['KIZASHI_DEMO', 'TRUE', 'demo', true],
    ['KIZASHI_TRUST_PROXY', '1', 'trustProxy', true],
    ['KIZASHI_ROLES', 'web, worker', 'roles', ['web', 'worker']],
    ['KIZASHI_BODY_LIMIT_MB', ' 8 ', 'bodyLimitMb', 8],
    ['KIZASHI_URL', 'https://kizashi.example.org', 'url', 'https://kizashi.example.org'],
  ] as const)('read %s=%s', (variable, value, name, expected) => {
    expect(loadConfig({ [variable]: value })[name]).toEqual(expected);
  });

  it.each([
    ['KIZASHI_PORT', 'abc'],
    ['KIZASHI_PORT', ' '],
    ['KIZASHI_PORT', '1e3'],
    ['KIZASHI_PORT', '0x10'],
    ['KIZASHI_PORT', '80.5'],
    ['KIZASHI_PORT', '65536'],
    ['KIZASHI_PORT', '-1'],
    ['KIZASHI_DEMO', 'maybe'],
    ['KIZASHI_ROLES', 'web,wroker'],
    ['KIZASHI_ROLES', ','],
    ['KIZASHI_URL', 'kizashi.example.org:4700'],
    ['KIZASHI_URL', 'javascript:alert(1)'],
    ['KIZASHI_LOG_LEVEL', 'loud'],
  ])('refuse %s=%s, naming the variable and what was given', (variable, value) => {
    const { code, message } = failureOf(() => loadConfig({ [variable]: value }));
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(`${variable}: `);
    expect(message).toContain(JSON.stringify(value));
  });

  it.each([['true'], ['[1]'], ['"x"'], ['{a: 1}']])('refuse a port of %s in a file', (value) => {
    const { message } = failureOf(() => loadConfig({}, [], fileOf(`port: ${value}\n`)));
    expect(message).toMatch(/\n {2}port: /);
  });

  it('tell every mistake at once, in both languages', () => {
    const error = failureOf(() =>
      loadConfig({ KIZASHI_PORT: 'x', KIZASHI_SMTP_URL: 'mail.example.org', KIZASHI_HOTS: 'h' }),
    );
    expect(error.text('en').split('\n')).toHaveLength(4);
    expect(error.text('en')).toContain(
      'KIZASHI_SMTP_URL: must start with one of: smtp://, smtps://',
    );
    expect(error.text('ja')).toContain('KIZASHI_SMTP_URL: 次のいずれかで始まる必要があります');
    expect(error.text('ja')).toContain(
      'KIZASHI_HOTS: このような設定はありません。KIZASHI_HOST のことですか?',
    );
  });

  it.each([
    ['KIZASHI_PROT', 'KIZASHI_PORT'],
    ['KIZASHI_DATABASEURL', 'KIZASHI_DATABASE_URL'],
    ['KIZASHI_SMPT_URL', 'KIZASHI_SMTP_URL'],
    ['KIZASHI_SESSION_IDLE_MINS', 'KIZASHI_SESSION_IDLE_MINUTES'],
  ])('ask whether %s meant %s', (wrong, right) => {
    expect(failureOf(() => loadConfig({ [wrong]: 'x' })).message).toContain(
      `${wrong}: no such setting; did you mean ${right}?`,
    );
  });

  it('make no suggestion for what resembles nothing', () => {
    const { message } = failureOf(() => loadConfig({ KIZASHI_FOO: 'x' }));
    expect(message).toContain('KIZASHI_FOO: no such setting');
    expect(message).not.toContain('did you mean');
  });

  it.each(['prot', 'KIZASHI_PORT', 'PORT', 'po-rt'])(
    'ask whether %s in a file meant port',
    (name) => {
      const { message } = failureOf(() => loadConfig({}, [], fileOf(`${name}: 1\n`)));
      expect(message).toContain('did you mean port?');
    },
  );

  it.each(['toString', 'constructor', '__proto__'])('do not know %s', (name) => {
    const { message } = failureOf(() => loadConfig({}, [], fileOf(`"${name}": 1\n`)));
    expect(message).toContain(`${name}: no such setting`);
  });

  it('of a workspace are read with the core’s and given back by its table', () => {
    const table = {
      salesKeepDays: { schema: wholeNumber(1).default(30), description: 'Days.' },
      salesKey: { schema: z.string().optional(), description: 'Key.', secret: true },
    } satisfies SettingTable;
    const config = loadConfig({ KIZASHI_SALES_KEEP_DAYS: '7' }, [table]);
    expect(config.workspace(table)).toEqual({ salesKeepDays: 7, salesKey: undefined });
    expect(failureOf(() => loadConfig({ KIZASHI_SALES_KEEP_DAYS: '7' })).message).toContain(
      'KIZASHI_SALES_KEEP_DAYS: no such setting',
    );
  });
});

describe('secrets', () => {
  const secret = 'hunter2';

  it('are marked wherever a value can hold one', () => {
    const marked = Object.entries(coreSettings)
      .filter(([, setting]) => 'secret' in setting && setting.secret)
      .map(([name]) => name);
    expect(marked).toEqual([
      'databaseUrl',
      'redisUrl',
      'secret',
      'smtpUrl',
      'metricsToken',
      'sentryDsn',
    ]);
  });

  it.each(
    Object.entries(coreSettings)
      .filter(([, setting]) => 'secret' in setting && setting.secret)
      .map(([name]) => environmentName(name)),
  )('are not repeated when %s is wrong', (variable) => {
    const error = failureOf(() => loadConfig({ [variable]: secret }));
    expect(error.message).toContain(variable);
    for (const text of [
      error.text('en'),
      error.text('ja'),
      JSON.stringify(error.params),
      error.stack,
    ])
      expect(text).not.toContain(secret);
  });

  it.each([
    ['a quote that is never closed', `smtpUrl: "smtp://u:${secret}@h\nport: 1\n`],
    ['an unknown alias', `smtpUrl: *${secret}\n`],
    ['a reserved letter', `smtpUrl: @${secret}\n`],
    ['a tab', `smtpUrl:\n\t- ${secret}\n`],
    ['a second colon', `smtpUrl: x: ${secret}\n`],
    ['a setting that is given twice', `secret: ${secret}\nsecret: ${secret}\n`],
    ['text instead of settings', `${secret}\n`],
    ['a list', `- ${secret}\n`],
  ])('are not repeated when the file holds %s', (_what, text) => {
    const file = fileOf(text);
    const error = failureOf(() => loadConfig({}, [], file));
    expect(error.code).toBe('CONFIG_SYNTAX');
    expect(error.message).toMatch(/at line \d+, column \d+ \([A-Z_]+\)/);
    expect(`${error.text('en')}${error.text('ja')}${String(error.cause)}`).not.toContain(secret);
  });

  it('say which file cannot be read', () => {
    const path = join(folder, 'missing.yaml');
    const error = failureOf(() => loadConfig({ KIZASHI_CONFIG: path }));
    expect(error.code).toBe('CONFIG_UNREADABLE');
    expect(error.message).toContain(`${path} cannot be read: ENOENT`);
  });
});
