import type { User } from '@kizashi/server/contract/auth';
import { Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../context.ts';
import { print } from '../output.ts';
import { aboutUser, allUsers, findUserId, roles, usersTable } from '../users.ts';
import { createUser, inviteUser, removeTwoStep, resetLink } from './users-access.ts';

/** `kizashi users list | create | invite | set | reset-link | remove-two-step | remove`. */
export function usersCommand(context: Context): Command {
  const group = new Command('users').description(
    say(context, { en: 'People and their roles', ja: '利用者と権限' }),
  );
  for (const create of [
    listUsers,
    createUser,
    inviteUser,
    setUser,
    resetLink,
    removeTwoStep,
    removeUser,
  ]) {
    group.addCommand(create(context));
  }
  return group;
}

function listUsers(context: Context): Command {
  const everybody = { en: 'Everybody', ja: '利用者の一覧' };
  return subcommand(context, 'list', everybody, { remote: true }).action(
    async (options: CommonOptions) => {
      await withClient(context, options, async (client) => {
        const items: User[] = [];
        for await (const user of allUsers(client)) items.push(user);
        print(outputOf(context, options), { items }, () => usersTable(context, items));
      });
    },
  );
}

interface SetOptions extends CommonOptions {
  readonly role?: string;
  readonly name?: string;
  readonly disable?: boolean;
  readonly enable?: boolean;
}

function setUser(context: Context): Command {
  return aboutUser(context, 'set', { en: 'Change a person', ja: '利用者を変更する' })
    .addOption(
      new Option('--role <role>', say(context, { en: 'new role', ja: '新しい権限' })).choices(
        roles,
      ),
    )
    .option('--name <name>', say(context, { en: 'new name', ja: '新しい名前' }))
    .option('--disable', say(context, { en: 'may no longer sign in', ja: 'サインインを禁止する' }))
    .option('--enable', say(context, { en: 'may sign in again', ja: 'サインインを許可する' }))
    .action(async (user: string, options: SetOptions) => {
      const { role, name, disable, enable } = options;
      await withClient(context, options, async (client) => {
        const id = await findUserId(context, client, user);
        const changed = await client.send<User>('PATCH', `/api/users/${encodeURIComponent(id)}`, {
          ...(role === undefined ? {} : { role }),
          ...(name === undefined ? {} : { name }),
          ...(disable ? { disabled: true } : enable ? { disabled: false } : {}),
        });
        print(outputOf(context, options), changed, () => usersTable(context, [changed]));
      });
    });
}

function removeUser(context: Context): Command {
  return aboutUser(context, 'remove', {
    en: 'Remove a person with their sessions and tokens',
    ja: '利用者をセッションとトークンごと削除する',
  }).action(async (user: string, options: CommonOptions) => {
    await withClient(context, options, async (client) => {
      const id = await findUserId(context, client, user);
      await client.send('DELETE', `/api/users/${encodeURIComponent(id)}`);
      print(outputOf(context, options), { ok: true }, () =>
        say(context, { en: `Removed: ${user}`, ja: `削除しました: ${user}` }),
      );
    });
  });
}
