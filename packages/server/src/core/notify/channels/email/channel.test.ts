import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelKind, RenderedMessage } from '../../channel.ts';
import { type Behaviour, type ChannelWorld, describeChannel } from '../channel.conformance.ts';
import { createEmailChannel } from './channel.ts';

const message: RenderedMessage = {
  id: '01hzy',
  severity: 'warning',
  locale: 'ja',
  subject: '売上高: 予測区間の外',
  text: '売上高が予測区間を外れました',
  html: '<p>売上高</p>',
  link: 'http://localhost/alerts/1',
  data: {},
};
const signal = new AbortController().signal;
const smtpFrom = 'Kizashi <kizashi@example.com>';

interface Answers {
  /** Answer to the message as a whole; none: accepted. */
  readonly data?: number;
  /** Answer to one recipient. */
  readonly recipient?: Readonly<Record<string, number>>;
  readonly silent?: boolean;
  readonly password?: string;
}

async function listen(answers: Answers = {}) {
  const mails: { raw: string; to: string[] }[] = [];
  const reached = Promise.withResolvers<void>();
  const refuse = (responseCode: number) =>
    Object.assign(new Error('mailbox says no'), { responseCode });
  const server = new SMTPServer({
    authOptional: answers.password === undefined,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      if (password === answers.password) done(null, { user: username });
      else done(new Error('Invalid username or password'));
    },
    onRcptTo({ address }, _session, done) {
      const code = answers.recipient?.[address];
      done(code === undefined ? null : refuse(code));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        reached.resolve();
        if (answers.silent) return;
        if (answers.data !== undefined) return done(refuse(answers.data));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ raw: Buffer.concat(chunks).toString(), to });
        done(null);
      });
    },
  });
  // A client that hangs up in the middle is one of the cases.
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  const { port } = server.server.address() as AddressInfo;
  return {
    mails,
    reached: reached.promise,
    port,
    smtpUrl: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

const ANSWERS: Record<Behaviour, Answers> = {
  accepts: {},
  'refuses-for-good': { data: 550 },
  'refuses-for-now': { data: 451 },
  slow: { silent: true },
};

describeChannel('the e-mail channel', {
  async open(behaviour: Behaviour): Promise<ChannelWorld> {
    const server = await listen(ANSWERS[behaviour]);
    return {
      ...worldOf(server.smtpUrl),
      received: () => server.mails.map(({ raw }) => decoded(raw)),
      reached: server.reached,
      close: server.close,
    };
  },
  async unreachable() {
    const server = await listen();
    await server.close();
    const smtpUrl = `smtp://user:smtp-password@127.0.0.1:${server.port}`;
    return {
      ...worldOf(smtpUrl),
      received: () => [],
      reached: server.reached,
      close: async () => {},
    };
  },
});

function worldOf(smtpUrl: string) {
  return {
    channel: createEmailChannel({ smtpUrl, smtpFrom }) as ChannelKind,
    options: { to: ['a@example.com'] },
    secrets: ['smtp-password'],
  };
}

/** The mail, then its encoded words and parts in readable form. */
function decoded(raw: string): string {
  const words = raw
    .replace(/\?=\r\n\s=\?UTF-8\?B\?/g, '')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, text) => Buffer.from(text, 'base64').toString());
  const base64 = [...raw.matchAll(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)];
  const bytes = raw
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const parts = base64.map(([, part]) => Buffer.from(part ?? '', 'base64').toString());
  return [words, ...parts, Buffer.from(bytes, 'latin1').toString()].join('\n');
}

describe('the e-mail channel', () => {
  let server: Awaited<ReturnType<typeof listen>> | undefined;
  afterEach(() => server?.close());
  const open = async (answers?: Answers) => {
    server = await listen(answers);
    return server;
  };

  it('sends one mail with a message id made from the delivery', async () => {
    const { mails, smtpUrl } = await open();
    const email = createEmailChannel({ smtpUrl, smtpFrom });
    await email.send({ to: ['a@example.com', 'b@example.com'] }, message, signal);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(['a@example.com', 'b@example.com']);
    expect(mails[0]?.raw).toContain('Message-ID: <01hzy@example.com>');
    expect(mails[0]?.raw).toContain('Auto-Submitted: auto-generated');
    expect(mails[0]?.raw).toContain('Content-Language: ja');
  });

  it('passes on the words of a server that refuses', async () => {
    const { smtpUrl } = await open({ data: 550 });
    const email = createEmailChannel({ smtpUrl, smtpFrom });
    await expect(email.send({ to: ['a@example.com'] }, message, signal)).rejects.toMatchObject({
      code: 'NOTIFY_SMTP_REFUSED',
      message: expect.stringContaining('mailbox says no'),
    });
  });

  it('tells who did not get a mail that others got, and does not send it to all again', async () => {
    const { smtpUrl, mails } = await open({ recipient: { 'gone@example.com': 550 } });
    const email = createEmailChannel({ smtpUrl, smtpFrom });
    await expect(
      email.send({ to: ['a@example.com', 'gone@example.com'] }, message, signal),
    ).rejects.toMatchObject({
      code: 'NOTIFY_SMTP_REFUSED_PARTLY',
      retryable: false,
      message: expect.stringContaining('except to gone@example.com: 550 mailbox says no'),
    });
    expect(mails.map(({ to }) => to)).toEqual([['a@example.com']]);
  });

  it.each([
    [550, false],
    [450, true],
  ])('calls a %i for the only recipient worth a retry: %s', async (code, retryable) => {
    const { smtpUrl } = await open({ recipient: { 'a@example.com': code } });
    const email = createEmailChannel({ smtpUrl, smtpFrom });
    await expect(email.send({ to: ['a@example.com'] }, message, signal)).rejects.toMatchObject({
      retryable,
    });
  });

  it('waits for a wrong password to be corrected, and shows none', async () => {
    const { port } = await open({ password: 'right' });
    const smtpUrl = `smtp://user:wrong-password@127.0.0.1:${port}`;
    const email = createEmailChannel({ smtpUrl, smtpFrom });
    await expect(email.send({ to: ['a@example.com'] }, message, signal)).rejects.toMatchObject({
      code: 'NOTIFY_SMTP_DEFERRED',
      message: expect.not.stringContaining('wrong-password'),
    });
  });

  it('says what to set when there is no mail server', async () => {
    await expect(
      createEmailChannel({ smtpFrom }).send({ to: ['a@example.com'] }, message, signal),
    ).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('KIZASHI_SMTP_URL'),
    });
  });
});
