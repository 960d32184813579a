import { createHmac } from 'node:crypto';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { createAddressGuard, type LookupAll } from '../../../address-guard.ts';
import type { Clock } from '../../../clock.ts';
import { AppError } from '../../../errors.ts';
import type { ChannelKind } from '../../channel.ts';
import { notifyErrors } from '../../errors.ts';

const optionsSchema = z.object({ address: z.string(), signingSecret: z.string().optional() });
type WebhookOptions = z.infer<typeof optionsSchema>;

const TIMEOUT_MS = 10_000;

/**
 * Posts JSON to an address. Redirects are not followed: a redirect is how a public address leads to a private one.
 * 408, 429 and 5xx may pass; other answers outside 2xx are final.
 */
export function createWebhookChannel(options: {
  allowPrivate: boolean;
  clock: Clock;
  /** Resolves names; the system's resolver unless a test brings its own. */
  lookup?: LookupAll;
}): ChannelKind<WebhookOptions> {
  const guard = options.allowPrivate
    ? undefined
    : createAddressGuard(notifyErrors.NOTIFY_WEBHOOK_PRIVATE, options.lookup);
  return {
    kind: 'webhook',
    options: optionsSchema,
    secrets: ['address', 'signingSecret'],
    // Paths and queries of webhooks often are the secret.
    target: ({ address }) => new URL(address).host,
    async send({ address, signingSecret }, message, signal) {
      const { id, severity, subject, text, link, data } = message;
      const body = JSON.stringify({ ...data, id, severity, subject, text, link });
      const seconds = Math.floor(options.clock.now() / 1000);
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        'user-agent': 'Kizashi',
        'kizashi-delivery': id,
      };
      if (signingSecret) {
        const mac = createHmac('sha256', signingSecret).update(`${seconds}.${body}`).digest('hex');
        headers['kizashi-signature'] = `t=${seconds},v1=${mac}`;
      }
      const url = new URL(address);
      guard?.check(url.hostname);
      const status = await post(url, body, {
        headers,
        // A connection of its own: a shared one may have been opened without the guard.
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(guard && { lookup: guard.lookup }),
      });
      if (status >= 200 && status < 300) return;
      const answer = { host: url.host, status };
      throw status >= 500 || status === 408 || status === 429
        ? notifyErrors.NOTIFY_WEBHOOK_DEFERRED(answer)
        : notifyErrors.NOTIFY_WEBHOOK_REFUSED(answer);
    },
  };
}

/** Gives the status of the answer, whose body is of no interest. */
function post(
  url: URL,
  body: string,
  options: RequestOptions & { signal: AbortSignal },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      { ...options, method: 'POST' },
      (response) => {
        resolve(response.statusCode ?? 0);
        // Neither a body without end nor one that breaks off matters any more.
        response.on('error', () => {}).destroy();
      },
    );
    request.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause instanceof AppError) return reject(cause);
      const code = options.signal.aborted ? 'timeout' : (cause.code ?? 'no connection');
      reject(notifyErrors.NOTIFY_WEBHOOK_UNREACHABLE({ host: url.host, code }, { cause }));
    });
    request.end(body);
  });
}
