import type { LibraryFile } from '@kizashi/server/workspaces/downloads';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print } from '../../output.ts';
import { fileText } from './library.ts';

/** `kizashi downloads release FILE --reason …`: out of quarantine, with the reason for the audit log. */
export function releaseCommand(context: Context): Command {
  return subcommand(
    context,
    'release',
    { en: 'Let a file out of quarantine', ja: 'ファイルを隔離から解除する' },
    { remote: true },
  )
    .argument('<file-id>')
    .requiredOption(
      '--reason <text>',
      say(context, { en: 'why; kept in the audit log', ja: '理由（監査ログに残る）' }),
    )
    .action(async (id: string, options: CommonOptions & { reason: string }) => {
      await withClient(context, options, async (client) => {
        const path = `/api/downloads/library/${encodeURIComponent(id)}`;
        await client.send('POST', `${path}/release`, { reason: options.reason });
        const file = await client.get<LibraryFile>(path);
        print(outputOf(context, options), file, () => fileText(context, file));
      });
    });
}
