import type { Transporter } from 'nodemailer';
import { z } from 'zod';
import type { AppError } from '../../../errors.ts';
import type { ChannelKind } from '../../channel.ts';
import { notifyErrors } from '../../errors.ts';

const optionsSchema = z.object({ to: z.array(z.string()) });
type EmailOptions = z.infer<typeof optionsSchema>;

/** Mail by SMTP. The server's 5xx answers are final; everything else may pass. */
export function createEmailChannel(config: {
  smtpUrl?: string | undefined;
  smtpFrom: string;
}): ChannelKind<EmailOptions> {
  let transport: Transporter | undefined;
  return {
    kind: 'email',
    options: optionsSchema,
    secrets: [],
    target: (options) => options.to.join(', '),
    async send(options, message, signal) {
      if (config.smtpUrl === undefined) {
        throw notifyErrors.NOTIFY_SMTP_OFF();
      }
      // With the first mail: every start and every command would wait for the package.
      const { createTransport } = await import('nodemailer');
      transport ??= createTransport({
        url: config.smtpUrl,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 20_000,
        // Nothing in a message may make the server read a file or fetch an address.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const domain = /@([^>\s]+)/.exec(config.smtpFrom)?.[1] ?? 'localhost';
      let refused: readonly SmtpRefusal[];
      try {
        const info = await transport.sendMail({
          signal,
          from: config.smtpFrom,
          to: options.to,
          subject: message.subject,
          text: message.text,
          html: message.html,
          messageId: `<${message.id}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'Content-Language': message.locale,
            'X-Kizashi-Delivery': message.id,
          },
        });
        refused = info.rejectedErrors ?? [];
      } catch (cause) {
        throw smtpFailure(cause, signal);
      }
      // The others have it: not a failure that a retry may mend, but somebody should know.
      if (refused.length > 0) throw partlyRefused(refused);
    },
  };
}

interface SmtpRefusal {
  readonly recipient?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly code?: string | undefined;
}

function smtpFailure(cause: unknown, signal: AbortSignal): AppError {
  const error = cause as SmtpRefusal;
  if (error.responseCode === undefined) {
    const code = signal.aborted ? 'timeout' : (error.code ?? 'unknown');
    // Found wrong before anything was sent: an address that is none.
    return code === 'EENVELOPE'
      ? notifyErrors.NOTIFY_SMTP_REFUSED({ words: wordsOf(error) }, { cause })
      : notifyErrors.NOTIFY_SMTP_UNREACHABLE({ code }, { cause });
  }
  // A wrong password is mended in the settings, after which the same message should go out.
  const isFinal = error.responseCode >= 500 && error.code !== 'EAUTH';
  return isFinal
    ? notifyErrors.NOTIFY_SMTP_REFUSED({ words: wordsOf(error) }, { cause })
    : notifyErrors.NOTIFY_SMTP_DEFERRED({ words: wordsOf(error) }, { cause });
}

function partlyRefused(refused: readonly SmtpRefusal[]): AppError {
  return notifyErrors.NOTIFY_SMTP_REFUSED_PARTLY({
    addresses: refused.map(({ recipient }) => recipient).join(', '),
    words: refused.map(wordsOf).join('; '),
  });
}

/** What the server said, fit for one line. */
function wordsOf(error: SmtpRefusal): string {
  return (error.response ?? (error as Error).message).replace(/\s+/g, ' ').slice(0, 300);
}
