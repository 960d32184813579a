import type { ClusterReply } from '@kizashi/server/command-line/clusters';
import { type Command, Option } from 'commander';
import { type CommonOptions, type Context, outputOf, say, subcommand } from '../context.ts';
import { numberOption } from '../number-option.ts';
import { print, table } from '../output.ts';
import { addTextOptions, type TextOptions, textChoices } from '../text-options.ts';
import { usageErrors } from '../usage-errors.ts';

interface ClusterOptions extends CommonOptions, TextOptions {
  readonly columns: string;
  readonly id?: string;
  readonly k?: string;
  readonly maxK: string;
  readonly method: 'k-means' | 'ward' | 'average' | 'complete' | 'single';
  readonly raw?: boolean;
  readonly seed: string;
}

/** `kizashi cluster FILE`: rows that are alike, without server or database. */
export function clusterCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(context, 'cluster', {
    en: 'Groups of rows that are alike, from a CSV or Parquet file',
    ja: 'CSV・Parquet ファイルの似た行をグループに分ける',
  })
    .argument('<file>')
    .requiredOption(
      '--columns <a,b>',
      text('columns of numbers to compare rows by', '比べる数値の列'),
    )
    .option('--id <column>', text('column that names the rows', '行の名前の列'))
    .option('--k <n>', text('number of groups; default: found', 'グループ数（既定: 自動）'))
    .option('--max-k <n>', text('largest number tried', '試すグループ数の上限'), '10')
    .addOption(
      new Option('--method <name>', text('how groups are made', '手法'))
        .choices(['k-means', 'ward', 'average', 'complete', 'single'])
        .default('k-means'),
    )
    .option(
      '--raw',
      text(
        'columns as they are; default: each brought to the same spread',
        '列を標準化しない（既定: する）',
      ),
    )
    .option('--seed <n>', text('seed of the random numbers', '乱数のシード'), '1');
  return addTextOptions(context, command).action(async (file: string, options: ClusterOptions) => {
    const names = options.columns.split(',').map((name) => name.trim());
    const asked = {
      names,
      method: options.method,
      k:
        options.k === undefined
          ? undefined
          : numberOption(context, 'k', options.k, { min: 1, max: 1_000, whole: true }),
      maxK: numberOption(context, 'max-k', options.maxK, { min: 1, max: 50, whole: true }),
      seed: numberOption(context, 'seed', options.seed, {
        min: 0,
        max: Number.MAX_SAFE_INTEGER,
        whole: true,
      }),
      raw: options.raw ?? false,
    };
    // Loaded here: no other command needs the numerics.
    const { clusterReply, readColumns, toldClusters } = await import(
      '@kizashi/server/command-line/clusters'
    );
    const found = await usageErrors(context, async () =>
      clusterReply(
        await readColumns(file, { columns: names, id: options.id }, textChoices(options)),
        asked,
      ),
    );
    const reply = toldClusters(found, context.locale);
    print(outputOf(context, options), reply, () => clusterText(context, reply));
    const left = reply.rowsSkipped + reply.rowsRejected;
    if (left > 0) {
      context.notice(
        text(
          `${left} rows without a number in each of these columns are in no group.`,
          `数値のそろわない ${left} 行は、どのグループにも入れていません。`,
        ),
      );
    }
  });
}

function clusterText(context: Context, reply: ClusterReply): string {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const number = new Intl.NumberFormat(context.locale, { maximumSignificantDigits: 5 });
  const percent = new Intl.NumberFormat(context.locale, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const fit = (value: number | null) =>
    value === null ? '—' : number.format(Number(value.toFixed(3)));
  const lines = [
    reply.chosen === 'asked'
      ? text(`${reply.k} groups by ${reply.method}`, `${reply.method} による ${reply.k} グループ`)
      : text(
          `${reply.k} groups by ${reply.method}, found by silhouette and gap statistic`,
          `${reply.method} による ${reply.k} グループ（シルエットとギャップ統計量で決定）`,
        ),
    '',
    table([
      [
        text('group', 'グループ'),
        text('rows', '行数'),
        text('share', '割合'),
        text('silhouette', 'シルエット'),
        ...reply.columns,
      ],
      ...reply.clusters.map(({ cluster, size, share, silhouette, centre }) => [
        String(cluster),
        number.format(size),
        percent.format(share),
        fit(silhouette),
        ...reply.columns.map((name) => number.format(centre[name]!)),
      ]),
    ]),
  ];
  if (reply.counts !== null) {
    lines.push(
      '',
      table([
        [
          text('groups', 'グループ数'),
          text('silhouette', 'シルエット'),
          text('gap', 'ギャップ'),
          '±',
        ],
        ...reply.counts.map(({ k, silhouette, gap, gapError }) => [
          String(k),
          fit(silhouette),
          fit(gap),
          fit(gapError),
        ]),
      ]),
    );
  }
  lines.push('', text('The group of each row: --json', '各行のグループは --json で出力できます。'));
  for (const { message } of reply.warnings) lines.push(`! ${message}`);
  return lines.join('\n');
}
