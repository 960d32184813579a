import { randomBytes } from 'node:crypto';
import { type Client, createClient } from './client.ts';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { Locale } from './locale.ts';
import { settingsFrom } from './settings.ts';

/**
 * A server far away (`--server` or KIZASHI_SERVER, with KIZASHI_TOKEN), or the product opened in this process on its data
 * folder: the same API on a free loopback port, with a secret that only this process knows.
 */
export async function connect(
  env: Readonly<Record<string, string | undefined>>,
  locale: Locale,
  options: { server?: string; worker?: boolean; database?: string },
): Promise<Client> {
  const server = options.server ?? env.KIZASHI_SERVER;
  if (server !== undefined) {
    if (!/^https?:$/.test(URL.parse(server)?.protocol ?? '')) {
      throw new CommandError(
        'SERVER_INVALID',
        locale === 'ja'
          ? `--server: ${server} は http:// か https:// で始まるアドレスではありません。`
          : `--server: ${server} is no address that begins with http:// or https://.`,
        exitCodes.usage,
      );
    }
    const token = env.KIZASHI_TOKEN;
    if (token === undefined || token === '') {
      throw new CommandError(
        'TOKEN_MISSING',
        locale === 'ja'
          ? 'KIZASHI_TOKEN に API トークンを設定してください（アカウント → API トークンで作成）。'
          : 'Set KIZASHI_TOKEN to an API token (make one under Account → API tokens).',
        exitCodes.denied,
      );
    }
    return createClient({ url: server, token, locale });
  }
  // Loaded here: a command that asks a server far away, or none, starts without the product.
  const { createApp } = await import('@kizashi/server');
  const localSecret = randomBytes(32).toString('base64url');
  // Links that commands print lead to the product as it is served, not to the port opened here.
  const served = await settingsFrom(env);
  const config = await settingsFrom({
    ...env,
    KIZASHI_URL: served.url ?? `http://localhost:${served.port}`,
    KIZASHI_HOST: '127.0.0.1',
    KIZASHI_PORT: '0',
    ...(options.database === undefined ? {} : { KIZASHI_DATABASE_URL: options.database }),
    // Half a million rows are for those who open the pages, not for one command on a new folder.
    KIZASHI_DEMO: 'off',
    KIZASHI_ROLES: options.worker ? 'web,worker' : 'web',
    KIZASHI_LOG_LEVEL: env.KIZASHI_LOG_LEVEL ?? 'error',
  });
  const app = await createApp({ config, localSecret, serveWeb: false });
  try {
    const { listening } = await app.start();
    return createClient({ url: listening, token: localSecret, locale, close: () => app.stop() });
  } catch (error) {
    await app.stop();
    throw error;
  }
}
