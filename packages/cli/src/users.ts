import type { User } from '@kizashi/server/contract/auth';
import type { Command } from 'commander';
import type { Client } from './client.ts';
import { CommandError } from './command-error.ts';
import { type Context, say, subcommand } from './context.ts';
import type { Text } from './locale.ts';
import { table } from './output.ts';

// People as commands name and show them.

export const roles = ['administrator', 'analyst', 'operator', 'viewer'] as const;

/** A subcommand about one person. */
export function aboutUser(context: Context, name: string, description: Text): Command {
  return subcommand(context, name, description, { remote: true }).argument(
    '<user>',
    say(context, { en: 'e-mail or id', ja: 'メールアドレスまたは ID' }),
  );
}

/** The id behind an e-mail address; anything without an @ is taken as an id. @throws CommandError USER_UNKNOWN */
export async function findUserId(context: Context, client: Client, user: string): Promise<string> {
  if (!user.includes('@')) return user;
  const wanted = user.toLowerCase();
  for await (const { id, email } of allUsers(client)) if (email.toLowerCase() === wanted) return id;
  throw new CommandError(
    'USER_UNKNOWN',
    say(context, {
      en: `Nobody has the address ${user}. See: kizashi users list`,
      ja: `${user} の利用者はいません。kizashi users list で確認してください。`,
    }),
  );
}

/** In the order of their addresses. */
export async function* allUsers(client: Client): AsyncGenerator<User, void, undefined> {
  for (let cursor: string | undefined; ; ) {
    const page = await client.get<{ items: User[]; nextCursor: string | null }>('/api/users', {
      limit: 200,
      cursor,
    });
    yield* page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

export function usersTable(context: Context, users: readonly User[]): string {
  if (users.length === 0) return say(context, { en: 'Nobody yet.', ja: '利用者はいません。' });
  const states = {
    active: say(context, { en: 'active', ja: '有効' }),
    disabled: say(context, { en: 'disabled', ja: '無効' }),
  };
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['メール', '名前', '権限', '二段階', '状態']
        : ['email', 'name', 'role', 'two-step', 'state']),
    ],
    ...users.map((user) => [
      user.id,
      user.email,
      user.name,
      user.role,
      user.totpEnabled ? say(context, { en: 'on', ja: 'オン' }) : '—',
      user.disabled ? states.disabled : states.active,
    ]),
  ]);
}
