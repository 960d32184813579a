import {
  type DownloadSettings,
  downloadSettingsSchema,
} from '@kizashi/server/workspaces/downloads';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';
import { usage } from './options.ts';

interface Options extends CommonOptions {
  readonly tokenOf?: string;
}

const PATH = '/api/downloads/settings';

/** `kizashi downloads settings [NAME=VALUE…]`: shows or changes them; `--token-of` reads a source's token from standard input. */
export function settingsCommand(context: Context): Command {
  return subcommand(
    context,
    'settings',
    {
      en: 'Show the settings, or change some: maxFiles=4 mode=speed',
      ja: '設定を表示・変更する（maxFiles=4 mode=speed など）',
    },
    { remote: true },
  )
    .argument('[name=value...]')
    .option(
      '--token-of <source>',
      say(context, {
        en: 'read a token for civitai or hugging-face from standard input; empty removes it',
        ja: 'civitai または hugging-face のトークンを標準入力から読む（空なら削除）',
      }),
    )
    .action(async (changes: string[], options: Options) => {
      const source = options.tokenOf;
      if (source !== undefined && source !== 'civitai' && source !== 'hugging-face') {
        throw usage(
          context,
          'DOWNLOADS_SOURCE_UNKNOWN',
          '--token-of: only civitai and hugging-face have tokens.',
          '--token-of: トークンがあるのは civitai と hugging-face だけです。',
        );
      }
      const changed = Object.fromEntries(changes.map((change) => pairOf(context, change)));
      await withClient(context, options, async (client) => {
        if (source !== undefined) {
          const token = (await context.input()).trim();
          await client.send('PUT', `/api/downloads/sources/${source}/token`, { token });
        }
        const before = await client.get<DownloadSettings>(PATH);
        const after =
          changes.length === 0
            ? before
            : await client.send<DownloadSettings>('PUT', PATH, { ...before, ...changed });
        print(outputOf(context, options), after, () =>
          table(
            Object.entries(after).map(([name, value]) => [
              name,
              typeof value === 'string' ? value : JSON.stringify(value),
            ]),
          ),
        );
      });
    });
}

/** @throws CommandError when there is no such setting; its value is checked by the server */
function pairOf(context: Context, change: string): [string, unknown] {
  const at = change.indexOf('=');
  const name = change.slice(0, Math.max(at, 0));
  const names = Object.keys(downloadSettingsSchema.shape);
  if (!names.includes(name)) {
    throw usage(
      context,
      'DOWNLOADS_SETTING_UNKNOWN',
      `${change}: write NAME=VALUE with one of these names: ${names.join(', ')}.`,
      `${change}: NAME=VALUE の形で、次のいずれかの名前を指定してください: ${names.join(', ')}。`,
    );
  }
  const value = change.slice(at + 1);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}
