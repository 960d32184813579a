import type { Command } from 'commander';
import { type CommonOptions, type Context, outputOf, say, subcommand } from '../context.ts';
import { print } from '../output.ts';
import { settingsFrom } from '../settings.ts';

/** `kizashi migrate`: brings the database up to date; `--status` only tells what would run. */
export function migrateCommand(context: Context): Command {
  return subcommand(context, 'migrate', {
    en: 'Bring the database up to date',
    ja: 'データベースを最新の状態にする',
  })
    .option(
      '--status',
      say(context, { en: 'only show what would run', ja: '実行せずに一覧だけ表示する' }),
    )
    .action(async (options: CommonOptions & { status?: boolean }) => {
      const { openStore } = await import('@kizashi/server');
      const store = await openStore(await settingsFrom(context.env));
      try {
        const names = options.status ? await store.pending() : await store.migrate();
        const result = options.status ? { pending: names } : { applied: names };
        print(outputOf(context, options), result, () =>
          names.length === 0
            ? say(context, { en: 'The database is up to date.', ja: 'データベースは最新です。' })
            : names.join('\n'),
        );
      } finally {
        await store.stop();
      }
    });
}
