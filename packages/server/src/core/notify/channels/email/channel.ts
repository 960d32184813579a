import { createTransport, type Transporter } from 'nodemailer';
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
    async send(options, message) {
      if (config.smtpUrl === undefined) {
        throw notifyErrors.NOTIFY_SMTP_OFF();
      }
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
      try {
        await transport.sendMail({
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
      } catch (cause) {
        throw smtpFailure(cause);
      }
    },
  };
}

function smtpFailure(cause: unknown): AppError {
  const error = cause as { responseCode?: number; response?: string; code?: string };
  if (error.responseCode === undefined) {
    return notifyErrors.NOTIFY_SMTP_UNREACHABLE({ code: error.code ?? 'unknown' }, { cause });
  }
  const words = (error.response ?? '').replace(/\s+/g, ' ').slice(0, 300);
  // A wrong password is mended in the settings, after which the same message should go out.
  const isFinal = error.responseCode >= 500 && error.code !== 'EAUTH';
  return isFinal
    ? notifyErrors.NOTIFY_SMTP_REFUSED({ words }, { cause })
    : notifyErrors.NOTIFY_SMTP_DEFERRED({ words }, { cause });
}
