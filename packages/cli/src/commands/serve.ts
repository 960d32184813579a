import type { Config } from '@kizashi/server';
import type { Command } from 'commander';
import { type Context, say, subcommand } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { settingsFrom } from '../settings.ts';

/** A second Ctrl-C within this time is the same keystroke reaching us by two ways (terminal and npm). */
const SAME_SIGNAL_MS = 1_000;

interface ServeOptions {
  readonly json?: boolean;
  readonly port?: string;
  readonly host?: string;
  readonly roles?: string;
  readonly config?: string;
}

/** `kizashi serve`: runs the product until Ctrl-C or SIGTERM. */
export function serveCommand(context: Context): Command {
  return subcommand(context, 'serve', { en: 'Run Kizashi', ja: 'Kizashi を起動する' })
    .option('--port <n>', say(context, { en: 'port (KIZASHI_PORT)', ja: 'ポート（KIZASHI_PORT）' }))
    .option(
      '--host <address>',
      say(context, { en: 'address (KIZASHI_HOST)', ja: 'アドレス（KIZASHI_HOST）' }),
    )
    .option(
      '--roles <list>',
      say(context, {
        en: 'web, worker or both (KIZASHI_ROLES)',
        ja: 'web, worker（KIZASHI_ROLES）',
      }),
    )
    .option(
      '--config <file>',
      say(context, { en: 'settings file (KIZASHI_CONFIG)', ja: '設定ファイル（KIZASHI_CONFIG）' }),
    )
    .action(async (options: ServeOptions) => {
      const config = await settingsFrom(
        {
          ...context.env,
          ...(options.port === undefined ? {} : { KIZASHI_PORT: options.port }),
          ...(options.host === undefined ? {} : { KIZASHI_HOST: options.host }),
          ...(options.roles === undefined ? {} : { KIZASHI_ROLES: options.roles }),
        },
        options.config,
      );
      await serve(context, config, options.json ?? false);
    });
}

async function serve(context: Context, config: Config, json: boolean): Promise<void> {
  const { createApp } = await import('@kizashi/server');
  const app = await createApp({ config });
  const stopped = Promise.withResolvers<void>();
  let firstSignal = 0;
  const onSignal = () => {
    const now = Date.now();
    if (firstSignal === 0) {
      firstSignal = now;
      context.notice(
        say(context, {
          en: 'Stopping: finishing what is in flight (press Ctrl-C again to stop at once) …',
          ja: '停止しています。実行中の処理を終えます（もう一度 Ctrl-C で即時停止）…',
        }),
      );
      app.stop().then(stopped.resolve, stopped.reject);
      // A database that hangs without refusing answers nothing for as long as the network waits.
      setTimeout(() => {
        context.notice(
          say(context, {
            en: `Not everything ended within ${config.stopSeconds} s (KIZASHI_STOP_SECONDS). The next start takes it up.`,
            ja: `${config.stopSeconds} 秒以内にすべては終わりませんでした (KIZASHI_STOP_SECONDS)。続きは次回の起動時に行います。`,
          }),
        );
        process.exit(exitCodes.failed);
      }, config.stopSeconds * 1000).unref();
    } else if (now - firstSignal > SAME_SIGNAL_MS) {
      process.exit(130);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const address = await app.start();
    // Whoever stops it while it starts wants no address.
    if (firstSignal === 0) tellAddress(context, address, json);
    await stopped.promise;
  } catch (error) {
    await app.stop();
    throw error;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
  context.notice(say(context, { en: 'Stopped.', ja: '停止しました。' }));
}

function tellAddress(
  context: Context,
  { url, setupLink }: { url: string; setupLink: string | undefined },
  json: boolean,
): void {
  if (json) {
    context.line(JSON.stringify({ url, setupLink: setupLink ?? null }));
    return;
  }
  context.line(
    say(context, { en: `Kizashi runs at ${url}`, ja: `Kizashi が起動しました: ${url}` }),
  );
  if (setupLink === undefined) return;
  context.line(
    say(context, {
      en: `Create the first administrator (this link works once): ${setupLink}`,
      ja: `最初の管理者を登録してください（このリンクは一度だけ有効）: ${setupLink}`,
    }),
  );
}
