import type { User } from '@kizashi/server/contract/auth';
import { type Command, Option } from 'commander';
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
import { print } from '../output.ts';
import { aboutUser, findUserId, roles, usersTable } from '../users.ts';

// How people get in, and back in. Passwords are never an argument: others on the machine could read them.

interface CreateOptions extends CommonOptions {
  readonly email: string;
  readonly role: string;
  readonly name?: string;
  readonly locale: string;
  readonly passwordStdin?: boolean;
}

/** An account without a browser: the first administrator too. */
export function createUser(context: Context): Command {
  return subcommand(
    context,
    'create',
    {
      en: 'Create an account; prints a link with which its owner chooses a password',
      ja: 'アカウントを作る（本人がパスワードを決めるリンクを表示）',
    },
    { remote: true },
  )
    .requiredOption(
      '--email <address>',
      say(context, { en: 'whose account', ja: 'メールアドレス' }),
    )
    .addOption(
      new Option('--role <role>', say(context, { en: 'role', ja: '権限' }))
        .choices(roles)
        .default('viewer'),
    )
    .option(
      '--name <name>',
      say(context, {
        en: 'default: what stands before the @',
        ja: '名前（既定は @ より前の部分）',
      }),
    )
    .addOption(
      new Option('--locale <language>', say(context, { en: 'their language', ja: '表示言語' }))
        .choices(['en', 'ja'])
        .default(context.locale),
    )
    .option(
      '--password-stdin',
      say(context, {
        en: 'set this password now: the first line of standard input',
        ja: 'リンクの代わりに、標準入力の 1 行目をパスワードにする',
      }),
    )
    .action(async (options: CreateOptions) => {
      const { email, role, locale } = options;
      const password = options.passwordStdin ? await readPassword(context) : undefined;
      await withClient(context, options, async (client) => {
        const created = await client.send<User & { link: string | null }>('POST', '/api/users', {
          email,
          role,
          locale,
          name: options.name ?? email.split('@')[0],
          ...(password === undefined ? {} : { password }),
        });
        print(
          outputOf(context, options),
          created,
          () => created.link ?? usersTable(context, [created]),
        );
      });
    });
}

async function readPassword(context: Context): Promise<string> {
  const [password = ''] = (await context.input()).split(/\r?\n/, 1);
  if (password !== '') return password;
  throw new CommandError(
    'PASSWORD_MISSING',
    say(context, {
      en: 'Standard input is empty. Give the password there: kizashi users create … --password-stdin < FILE',
      ja: '標準入力が空です。パスワードを渡してください: kizashi users create … --password-stdin < ファイル',
    }),
    exitCodes.usage,
  );
}

export function inviteUser(context: Context): Command {
  return subcommand(
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
    });
}

export function resetLink(context: Context): Command {
  return aboutUser(context, 'reset-link', {
    en: 'Make a link with which somebody can choose a new password',
    ja: 'パスワード再設定リンクを作る',
  }).action(async (user: string, options: CommonOptions) => {
    await withClient(context, options, async (client) => {
      const id = await findUserId(context, client, user);
      const reset = await client.send<{ link: string }>(
        'POST',
        `/api/users/${encodeURIComponent(id)}/reset-link`,
      );
      print(outputOf(context, options), reset, () => reset.link);
    });
  });
}

export function removeTwoStep(context: Context): Command {
  return aboutUser(context, 'remove-two-step', {
    en: 'Switch two-step sign-in off for who lost phone and recovery codes',
    ja: '端末と回復コードを失った利用者の二段階認証を解除する',
  }).action(async (user: string, options: CommonOptions) => {
    await withClient(context, options, async (client) => {
      const id = await findUserId(context, client, user);
      const changed = await client.send<User>(
        'DELETE',
        `/api/users/${encodeURIComponent(id)}/totp`,
      );
      print(outputOf(context, options), changed, () => usersTable(context, [changed]));
    });
  });
}
