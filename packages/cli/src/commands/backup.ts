import type { Store } from '@kizashi/server';
import { Command } from 'commander';
import { type CommonOptions, type Context, outputOf, say, subcommand } from '../context.ts';
import { print } from '../output.ts';
import { settingsFrom } from '../settings.ts';

/** `kizashi backup create | verify | restore`: the product's own database in one portable file. */
export function backupCommand(context: Context): Command {
  const group = new Command('backup').description(
    say(context, {
      en: "Back up and restore the product's database",
      ja: 'データベースのバックアップと復元',
    }),
  );
  group.addCommand(
    subcommand(context, 'create', {
      en: 'Write a backup while people work',
      ja: '稼働中のままバックアップを作成する',
    })
      .argument('<file>')
      .action((file: string, options: CommonOptions) =>
        withStore(context, async (store) => {
          const report = await store.createBackup(file);
          print(outputOf(context, options), report, () =>
            say(context, {
              en: `${file}: ${report.rows} rows of ${report.tables.length} tables, verified.`,
              ja: `${file}: ${report.tables.length} 個の表、${report.rows} 行を保存し、検証しました。`,
            }),
          );
        }),
      ),
  );
  group.addCommand(
    subcommand(context, 'verify', {
      en: 'Check a backup file',
      ja: 'バックアップファイルを検査する',
    })
      .argument('<file>')
      .action((file: string, options: CommonOptions) =>
        withStore(context, async (store) => {
          const report = await store.verifyBackup(file);
          print(outputOf(context, options), report, () =>
            say(context, {
              en: `${file} is whole: ${report.rows} rows of ${report.tables.length} tables.`,
              ja: `${file} は正常です: ${report.tables.length} 個の表、${report.rows} 行。`,
            }),
          );
        }),
      ),
  );
  group.addCommand(
    subcommand(context, 'restore', {
      en: 'Restore into an empty database',
      ja: '空のデータベースに復元する',
    })
      .argument('<file>')
      .option(
        '--overwrite',
        say(context, { en: 'replace what is there', ja: '既存のデータを置き換える' }),
      )
      .action((file: string, options: CommonOptions & { overwrite?: boolean }) =>
        withStore(context, async (store) => {
          const report = await store.restoreBackup(file, { overwrite: options.overwrite ?? false });
          print(outputOf(context, options), report, () =>
            say(context, {
              en: `Restored and verified: ${report.rows} rows of ${report.tables.length} tables.`,
              ja: `復元し、検証しました: ${report.tables.length} 個の表、${report.rows} 行。`,
            }),
          );
        }),
      ),
  );
  return group;
}

async function withStore(context: Context, work: (store: Store) => Promise<void>): Promise<void> {
  const { openStore } = await import('@kizashi/server');
  const store = await openStore(await settingsFrom(context.env));
  try {
    await work(store);
  } finally {
    await store.stop();
  }
}
