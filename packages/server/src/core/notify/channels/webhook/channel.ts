import { createHmac } from 'node:crypto';
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
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
}): ChannelKind<WebhookOptions> {
  return {
    kind: 'webhook',
    options: optionsSchema,
    secrets: ['address', 'signingSecret'],
    // Paths and queries of webhooks often are the secret.
    target: ({ address }) => new URL(address).host,
    async send({ address, signingSecret }, message, signal) {
      const body = JSON.stringify({
        id: message.id,
        severity: message.severity,
        subject: message.subject,
        text: message.text,
        link: message.link,
        ...message.data,
      });
      const seconds = Math.floor(options.clock.now() / 1000);
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        'user-agent': 'Kizashi',
        'kizashi-delivery': message.id,
      };
      if (signingSecret) {
        const mac = createHmac('sha256', signingSecret).update(`${seconds}.${body}`).digest('hex');
        headers['kizashi-signature'] = `t=${seconds},v1=${mac}`;
      }
      const url = new URL(address);
      if (!options.allowPrivate && isIP(bare(url.hostname)) !== 0)
        refusePrivate(bare(url.hostname));
      const status = await post(url, body, {
        headers,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(options.allowPrivate ? {} : { lookup: publicLookup }),
      });
      if (status >= 200 && status < 300) return;
      const answer = { host: url.host, status };
      throw status >= 500 || status === 408 || status === 429
        ? notifyErrors.NOTIFY_WEBHOOK_DEFERRED(answer)
        : notifyErrors.NOTIFY_WEBHOOK_REFUSED(answer);
    },
  };
}

function post(url: URL, body: string, options: RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      { ...options, method: 'POST' },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause instanceof AppError) return reject(cause);
      const code = cause.name === 'TimeoutError' ? 'timeout' : (cause.code ?? 'no connection');
      reject(notifyErrors.NOTIFY_WEBHOOK_UNREACHABLE({ host: url.host, code }, { cause }));
    });
    request.end(body);
  });
}

const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
  // IPv4-mapped addresses reach the same hosts.
  privateRanges.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
}
privateRanges.addAddress('::', 'ipv6');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('64:ff9b::', 96, 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');
privateRanges.addSubnet('ff00::', 8, 'ipv6');

function refusePrivate(address: string): void {
  if (!privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return;
  throw notifyErrors.NOTIFY_WEBHOOK_PRIVATE();
}

/** Checks the address that is really connected to, so that a name cannot change its mind after the check. */
function publicLookup(
  hostname: string,
  options: LookupOptions,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    try {
      for (const { address } of addresses) refusePrivate(address);
    } catch (refusal) {
      return callback(refusal as Error, []);
    }
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
