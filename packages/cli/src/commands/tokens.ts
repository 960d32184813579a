import type { Token } from '@kizashi/server/contract/auth';
import { Command } from 'commander';
import type { Client } from '../client.ts';
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
import type { Text } from '../locale.ts';
import { print, table } from '../output.ts';
import { findUserId } from '../users.ts';

interface OwnerOptions extends CommonOptions {
  readonly user: string;
}

/**
 * `kizashi tokens list | create | revoke`. A token acts as a person, and neither a machine's command line nor another token
 * is one: so each command is told whose it is about.
 */
export function tokensCommand(context: Context): Command {
  const group = new Command('tokens').description(
    say(context, { en: 'API tokens', ja: 'API トークン' }),
  );
  for (const create of [listTokens, createToken, revokeToken]) group.addCommand(create(context));
  return group;
}

function aboutTokens(context: Context, name: string, description: Text): Command {
  return subcommand(context, name, description, { remote: true }).requiredOption(
    '--user <user>',
    say(context, {
      en: 'whom the token acts as: e-mail or id',
      ja: 'トークンの所有者（メールアドレスまたは ID）',
    }),
  );
}

async function pathOf(context: Context, client: Client, user: string): Promise<string> {
  const id = await findUserId(context, client, user);
  return `/api/users/${encodeURIComponent(id)}/tokens`;
}

function listTokens(context: Context): Command {
  return aboutTokens(context, 'list', {
    en: "A person's tokens",
    ja: '利用者のトークンの一覧',
  }).action(async (options: OwnerOptions) => {
    await withClient(context, options, async (client) => {
      const path = await pathOf(context, client, options.user);
      const page = await client.get<{ items: Token[] }>(path);
      print(outputOf(context, options), page, () => tokensTable(context, page.items));
    });
  });
}

function createToken(context: Context): Command {
  return aboutTokens(context, 'create', {
    en: 'Make a token; its secret is shown once',
    ja: 'トークンを作る（一度だけ表示）',
  })
    .argument('<name>', say(context, { en: 'what it is for', ja: '用途を表す名前' }))
    .requiredOption(
      '--scope <permissions>',
      say(context, { en: 'what it may do, comma separated', ja: '許可する操作（カンマ区切り）' }),
    )
    .option('--days <n>', say(context, { en: 'valid for so many days', ja: '有効日数' }), '90')
    .action(async (name: string, options: OwnerOptions & { scope: string; days: string }) => {
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
        const path = await pathOf(context, client, options.user);
        const token = await client.send<Token & { secret: string }>('POST', path, {
          name,
          scopes: options.scope.split(',').map((scope) => scope.trim()),
          expiresAt: Date.now() + days * 86_400_000,
        });
        print(outputOf(context, options), token, () => token.secret);
      });
    });
}

function revokeToken(context: Context): Command {
  return aboutTokens(context, 'revoke', { en: 'End a token', ja: 'トークンを無効にする' })
    .argument('<token-id>', say(context, { en: 'see: tokens list', ja: 'tokens list を参照' }))
    .action(async (id: string, options: OwnerOptions) => {
      await withClient(context, options, async (client) => {
        const path = await pathOf(context, client, options.user);
        await client.send('DELETE', `${path}/${encodeURIComponent(id)}`);
        print(outputOf(context, options), { ok: true }, () =>
          say(context, { en: 'Revoked.', ja: '無効にしました。' }),
        );
      });
    });
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
