import { type Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print } from '../../output.ts';

interface ExportOptions extends CommonOptions {
  readonly format: 'csv' | 'parquet';
  readonly output?: string;
  readonly dataset?: string;
}

/** `kizashi features export hist|futr|stat`: a table of features as a file. */
export function exportCommand(context: Context): Command {
  return subcommand(
    context,
    'export',
    { en: 'A table of features as CSV or Parquet', ja: '特徴量テーブルを CSV・Parquet に書き出す' },
    { remote: true },
  )
    .argument(
      '<table>',
      say(context, { en: 'hist, futr or stat', ja: 'hist、futr、stat のいずれか' }),
    )
    .addOption(
      new Option('--format <format>', say(context, { en: 'of the file', ja: 'ファイル形式' }))
        .choices(['csv', 'parquet'])
        .default('csv'),
    )
    .option(
      '--output <file>',
      say(context, {
        en: 'default: features_<table>.<format>',
        ja: '既定: features_<テーブル>.<形式>',
      }),
    )
    .option('--dataset <group>', say(context, { en: 'only this group', ja: 'このグループだけ' }))
    .action(async (name: string, options: ExportOptions) => {
      const file = options.output ?? `features_${name}.${options.format}`;
      await withClient(context, options, async (client) => {
        await client.download(`/api/features/export/${encodeURIComponent(name)}`, file, {
          format: options.format,
          loto: options.dataset,
        });
        print(outputOf(context, options), { file }, () => file);
      });
    });
}
