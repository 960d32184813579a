import { describe, expect, it } from 'vitest';
import { defineErrors } from './errors.ts';
import { createLogger, type Logger } from './log.ts';

function record(): { log: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  const written: string[] = [];
  const log = createLogger({
    level: 'trace',
    destination: { write: (line) => written.push(line) },
  });
  return {
    log,
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line)),
  };
}

describe('the log', () => {
  it('writes one event with its fields per line', () => {
    const { log, lines } = record();
    log.info(
      { jobId: 'j1', rows: 3, at: new Date(0), list: [1, { a: null }] },
      'sales.import.done',
    );
    expect(lines()).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        jobId: 'j1',
        rows: 3,
        at: '1970-01-01T00:00:00.000Z',
        list: [1, { a: null }],
        msg: 'sales.import.done',
      },
    ]);
  });

  it('tells an error with its causes and own fields', () => {
    const { log, lines } = record();
    const errors = defineErrors({ X_FAILED: { status: 500, en: 'failed {n}', ja: '失敗' } });
    log.error({ err: errors.X_FAILED({ n: 1 }, { cause: new Error('the disk') }) }, 'x.failed');
    expect(lines()[0]?.err).toMatchObject({
      type: 'AppError',
      message: 'failed 1: the disk',
      code: 'X_FAILED',
      params: { n: 1 },
    });
    log.error(new TypeError('alone'));
    expect(lines()[1]).toMatchObject({ err: { type: 'TypeError' }, msg: 'alone' });
    log.error({ reason: new Error('under another name') });
    expect(lines()[2]).toMatchObject({ reason: { message: 'under another name' } });
  });
});

describe('secrets in the log', () => {
  const secret = 'hunter2-hunter2';

  it.each([
    ['at the top', { password: secret }],
    [
      'with something before the name',
      { newPassword: secret, signingSecret: secret, api_token: secret },
    ],
    ['with something after it', { passwordHash: secret, tokens: [secret], cookies: { a: secret } }],
    ['in headers', { headers: { authorization: secret, 'set-cookie': [secret], Cookie: secret } }],
    ['deep inside', { a: { b: { c: [{ d: { secret } }] } } }],
    ['in a whole object of that name', { credentials: { user: 'u', value: secret } }],
    [
      'in settings',
      {
        config: {
          smtpUrl: secret,
          redisUrl: secret,
          databaseUrl: secret,
          sentryDsn: secret,
          metricsToken: secret,
        },
      },
    ],
    ['in an address', { where: `smtp://user:${secret}@mail.example.org:587/x` }],
    ['in an address with @ in the password', { where: `postgres://user:p@ss${secret}@db/kizashi` }],
    [
      'in an address within words',
      { note: `cannot reach redis://:${secret}@10.0.0.1:6379, giving up` },
    ],
    ['in an error’s words', { err: new Error(`connect to mysql://root:${secret}@db failed`) }],
    ['in its cause', { err: new Error('failed', { cause: new Error(`amqp://u:${secret}@h`) }) }],
    [
      'in a field of an error',
      { err: Object.assign(new Error('failed'), { options: { password: secret } }) },
    ],
    [
      'in one of several errors',
      { err: new AggregateError([Object.assign(new Error('a'), { token: secret })]) },
    ],
    ['deeper than anybody reads', { a: { b: { c: { d: { e: { f: { g: { h: secret } } } } } } } }],
  ])('are removed %s', (_where, fields) => {
    const { log, text } = record();
    log.info(fields, 'event');
    expect(text()).not.toContain(secret);
    expect(text()).toContain('"event"');
  });

  it('are removed from what a child logger carries', () => {
    const { log, text } = record();
    const child = log.child({ token: secret, job: 'j1' });
    child.child({ url: `http://u:${secret}@h` }, { level: 'debug' }).debug({ secret }, 'event');
    expect(text()).toContain('"job":"j1"');
    expect(text()).not.toContain(secret);
  });

  it('leave what is none, and the object that was logged, as they are', () => {
    const { log, lines } = record();
    const fields = {
      tokens: 3,
      passwordChanged: true,
      url: 'https://example.org/a?b=c',
      nested: { password: secret },
    };
    log.info(fields, 'event');
    expect(lines()[0]).toMatchObject({
      tokens: 3,
      passwordChanged: true,
      url: 'https://example.org/a?b=c',
      nested: { password: '[removed]' },
    });
    expect(fields.nested.password).toBe(secret);
  });

  it('survive an object that contains itself', () => {
    const { log, lines } = record();
    const loop: Record<string, unknown> = { name: 'loop' };
    loop.self = loop;
    log.info({ loop }, 'event');
    expect(lines()[0]).toMatchObject({ loop: { name: 'loop' }, msg: 'event' });
  });
});
