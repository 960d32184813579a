import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { RenderedMessage } from '../../channel.ts';
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

describe('the e-mail channel', () => {
  let server: SMTPServer | undefined;
  afterEach(() => server?.close());

  async function listen(answer?: { responseCode: number; message: string }) {
    const mails: string[] = [];
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString());
          done(answer ? Object.assign(new Error(answer.message), answer) : null);
        });
      },
    });
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', () => ready()));
    const { port } = server.server.address() as AddressInfo;
    return { mails, smtpUrl: `smtp://127.0.0.1:${port}` };
  }

  it('sends one mail with a message id made from the delivery', async () => {
    const { mails, smtpUrl } = await listen();
    await createEmailChannel({ smtpUrl, smtpFrom }).send(
      { to: ['a@example.com'] },
      message,
      signal,
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('Message-ID: <01hzy@example.com>');
    expect(mails[0]).toContain('Auto-Submitted: auto-generated');
  });

  it.each([
    [550, false],
    [451, true],
  ])(
    'calls an answer of %i worth a retry: %s, with the words of the server',
    async (responseCode, retryable) => {
      const { smtpUrl } = await listen({ responseCode, message: 'mailbox says no' });
      await expect(
        createEmailChannel({ smtpUrl, smtpFrom }).send({ to: ['a@example.com'] }, message, signal),
      ).rejects.toMatchObject({ retryable, message: expect.stringContaining('mailbox says no') });
    },
  );

  it('says that no server answers without showing its address or password', async () => {
    const email = createEmailChannel({ smtpUrl: 'smtp://user:pass-w0rd@127.0.0.1:1', smtpFrom });
    await expect(email.send({ to: ['a@example.com'] }, message, signal)).rejects.toMatchObject({
      retryable: true,
      message: 'The mail server cannot be reached (ESOCKET).',
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
