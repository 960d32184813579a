import type { User } from '@kizashi/server/contract/auth';
import { Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../context.ts';
import { print, table } from '../output.ts';

const roles = ['administrator', 'analyst', 'operator', 'viewer'] as const;

/** `kizashi users list | invite | set | reset-link`. */
export function usersCommand(context: Context): Command {
  const group = new Command('users').description(
    say(context, { en: 'People and their roles', ja: '利用者と権限' }),
  );
  group.addCommand(
    subcommand(context, 'list', { en: 'Everybody', ja: '利用者の一覧' }, { remote: true }).action(
      async (options: CommonOptions) => {
        await withClient(context, options, async (client) => {
          const page = await client.get<{ items: User[] }>('/api/users', { limit: 200 });
          print(outputOf(context, options), page, () => usersTable(context, page.items));
        });
      },
    ),
  );
  group.addCommand(
    subcommand(
      context,
      'invite',
      { en: 'Make a link with which somebody can register', ja: '登録用の招待リンクを作る' },
      { remote: true },
    )
      .addOption(
        new Option('--role <role>', say(context, { en: 'role they will have', ja: '権限' }))
          .choices(roles)
          .default('viewer'),
      )
      .option(
        '--email <address>',
        say(context, { en: 'only for this address', ja: 'このメールアドレス専用にする' }),
      )
      .action(async (options: CommonOptions & { role: string; email?: string }) => {
        await withClient(context, options, async (client) => {
          const invitation = await client.send<{ link: string }>('POST', '/api/invitations', {
            role: options.role,
            ...(options.email === undefined ? {} : { email: options.email }),
          });
          print(outputOf(context, options), invitation, () => invitation.link);
        });
      }),
  );
  group.addCommand(
    subcommand(context, 'set', { en: 'Change a person', ja: '利用者を変更する' }, { remote: true })
      .argument('<user>', say(context, { en: 'e-mail or id', ja: 'メールアドレスまたは ID' }))
      .addOption(
        new Option('--role <role>', say(context, { en: 'new role', ja: '新しい権限' })).choices(
          roles,
        ),
      )
      .option(
        '--disable',
        say(context, { en: 'may no longer sign in', ja: 'サインインを禁止する' }),
      )
      .option('--enable', say(context, { en: 'may sign in again', ja: 'サインインを許可する' }))
      .action(
        async (
          user: string,
          options: CommonOptions & { role?: string; disable?: boolean; enable?: boolean },
        ) => {
          await withClient(context, options, async (client) => {
            const id = await findUser(context, client, user);
            const changed = await client.send<User>(
              'PATCH',
              `/api/users/${encodeURIComponent(id)}`,
              {
                ...(options.role === undefined ? {} : { role: options.role }),
                ...(options.disable
                  ? { disabled: true }
                  : options.enable
                    ? { disabled: false }
                    : {}),
              },
            );
            print(outputOf(context, options), changed, () => usersTable(context, [changed]));
          });
        },
      ),
  );
  group.addCommand(
    subcommand(
      context,
      'reset-link',
      {
        en: 'Make a link with which somebody can choose a new password',
        ja: 'パスワード再設定リンクを作る',
      },
      { remote: true },
    )
      .argument('<user>', say(context, { en: 'e-mail or id', ja: 'メールアドレスまたは ID' }))
      .action(async (user: string, options: CommonOptions) => {
        await withClient(context, options, async (client) => {
          const id = await findUser(context, client, user);
          const reset = await client.send<{ link: string }>(
            'POST',
            `/api/users/${encodeURIComponent(id)}/reset-link`,
          );
          print(outputOf(context, options), reset, () => reset.link);
        });
      }),
  );
  return group;
}

/** The id behind an e-mail address; anything without an @ is taken as an id. */
async function findUser(
  context: Context,
  client: { get<T>(path: string, query?: object): Promise<T> },
  user: string,
): Promise<string> {
  if (!user.includes('@')) return user;
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { items: User[]; nextCursor: string | null } = await client.get('/api/users', {
      limit: 200,
      cursor,
    });
    const found = page.items.find((item) => item.email.toLowerCase() === user.toLowerCase());
    if (found) return found.id;
    cursor = page.nextCursor;
  }
  throw new CommandError(
    'USER_UNKNOWN',
    say(context, {
      en: `Nobody has the address ${user}. See: kizashi users list`,
      ja: `${user} の利用者はいません。kizashi users list で確認してください。`,
    }),
  );
}

function usersTable(context: Context, users: readonly User[]): string {
  if (users.length === 0) return say(context, { en: 'Nobody yet.', ja: '利用者はいません。' });
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['メール', '名前', '権限', '状態']
        : ['email', 'name', 'role', 'state']),
    ],
    ...users.map((user) => [
      user.id,
      user.email,
      user.name,
      user.role,
      user.disabled ? 'disabled' : 'active',
    ]),
  ]);
}
