import type { Token } from '@kizashi/server/contract/auth';
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { print, table } from '../output.ts';

/** `kizashi tokens list | create | revoke`. */
export function tokensCommand(context: Context): Command {
  const group = new Command('tokens').description(
    say(context, { en: 'API tokens', ja: 'API トークン' }),
  );
  group.addCommand(
    subcommand(context, 'list', { en: 'Tokens', ja: 'トークンの一覧' }, { remote: true }).action(
      async (options: CommonOptions) => {
        await withClient(context, options, async (client) => {
          const page = await client.get<{ items: Token[] }>('/api/tokens');
          print(outputOf(context, options), page, () => tokensTable(context, page.items));
        });
      },
    ),
  );
  group.addCommand(
    subcommand(
      context,
      'create',
      { en: 'Make a token; its secret is shown once', ja: 'トークンを作る（一度だけ表示）' },
      { remote: true },
    )
      .argument('<name>')
      .requiredOption(
        '--scope <permissions>',
        say(context, { en: 'what it may do, comma separated', ja: '許可する操作（カンマ区切り）' }),
      )
      .option(
        '--user <email>',
        say(context, { en: 'owner (default: yourself)', ja: '所有者（既定は自分）' }),
      )
      .option(
        '--days <n>',
        say(context, { en: 'valid for so many days; default: 90', ja: '有効日数（既定 90）' }),
        '90',
      )
      .action(
        async (
          name: string,
          options: CommonOptions & { scope: string; days: string; user?: string },
        ) => {
          const days = Number(options.days);
          if (!Number.isInteger(days) || days < 1) {
            throw new CommandError(
              'DAYS_INVALID',
              say(context, {
                en: `--days must be a whole number >= 1, got ${options.days}`,
                ja: `--days は 1 以上の整数で指定してください: ${options.days}`,
              }),
              exitCodes.usage,
            );
          }
          await withClient(context, options, async (client) => {
            const token = await client.send<Token & { secret: string }>('POST', '/api/tokens', {
              name,
              scopes: options.scope.split(',').map((scope) => scope.trim()),
              expiresAt: Date.now() + days * 86_400_000,
              ...(options.user === undefined ? {} : { user: options.user }),
            });
            print(outputOf(context, options), token, () => token.secret);
          });
        },
      ),
  );
  group.addCommand(
    subcommand(
      context,
      'revoke',
      { en: 'End a token', ja: 'トークンを無効にする' },
      { remote: true },
    )
      .argument('<token-id>')
      .action(async (id: string, options: CommonOptions) => {
        await withClient(context, options, async (client) => {
          await client.send('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
          print(outputOf(context, options), { ok: true }, () =>
            say(context, { en: 'Revoked.', ja: '無効にしました。' }),
          );
        });
      }),
  );
  return group;
}

function tokensTable(context: Context, tokens: readonly Token[]): string {
  if (tokens.length === 0) return say(context, { en: 'No tokens.', ja: 'トークンはありません。' });
  const date = (at: number | null) => (at === null ? '—' : new Date(at).toISOString().slice(0, 10));
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['名前', '先頭', '範囲', '期限', '最終使用']
        : ['name', 'prefix', 'scopes', 'expires', 'last used']),
    ],
    ...tokens.map((token) => [
      token.id,
      token.name,
      token.prefix,
      token.scopes.join(','),
      date(token.expiresAt),
      date(token.lastUsedAt),
    ]),
  ]);
}
