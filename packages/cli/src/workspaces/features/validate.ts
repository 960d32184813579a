import type { ValidationReport } from '@kizashi/server/workspaces/features';
import type { Command } from 'commander';
import { type CommonOptions, type Context, outputOf, say, subcommand } from '../../context.ts';
import { print, table } from '../../output.ts';
import { usageErrors } from './errors.ts';
import { addLayoutOptions, type LayoutOptions, layoutOf } from './layout-options.ts';

/** Series shown to people; --json has up to a thousand. */
const SHOWN_SERIES = 20;
const SHOWN_ROWS = 10;
const DAY = 86_400_000;

/** `kizashi features validate FILE`: what is in a file, before anything of it is stored. */
export function validateCommand(context: Context): Command {
  const command = subcommand(context, 'validate', {
    en: 'Look for what is wrong with a CSV or Parquet file of series; stores nothing',
    ja: 'CSV・Parquet ファイルの系列を検査する（保存しない）',
  }).argument('<file>');
  return addLayoutOptions(context, command).action(
    async (file: string, options: CommonOptions & LayoutOptions) => {
      const { validateFile } = await import('@kizashi/server/command-line/features');
      const layout = await layoutOf(context, options);
      const report = await usageErrors(context, () => validateFile(file, layout, context.locale));
      print(outputOf(context, options), report, () => reportText(context, report));
    },
  );
}

export function reportText(context: Context, report: ValidationReport): string {
  const time = (value: number): string =>
    report.timeKind === 'index'
      ? String(value)
      : new Date(value).toISOString().slice(0, value % DAY === 0 ? 10 : 19);
  const s = (en: string, ja: string): string => say(context, { en, ja });
  const { layout } = report;
  const rows: string[][] = [
    [s('rows', '行数'), String(report.rowsRead)],
    [s('rejected', '読めない行'), String(report.rowsRejected)],
    [s('series', '系列数'), String(report.seriesCount)],
    [s('points', '点数'), String(report.points)],
    [
      s('range', '期間'),
      report.range === null ? '—' : `${time(report.range.from)} – ${time(report.range.to)}`,
    ],
    [
      s('frequency', '間隔'),
      Object.entries(report.frequencies)
        .map(([name, count]) => `${name} × ${count}`)
        .join(', '),
    ],
    [s('missing', '欠測'), String(report.missing)],
    [s('infinite', '無限大'), String(report.infinite)],
    [s('duplicates', '重複'), String(report.duplicates)],
    [s('unsorted', '順序違い'), String(report.unsorted)],
    [s('gaps', '間隔の抜け'), String(report.gaps)],
    [s('constant series', '一定の系列'), String(report.constantSeries)],
    [
      s('columns', '列'),
      `${[layout.loto, layout.id, layout.time].filter((name) => name !== null).join(', ')} | ${layout.values.join(', ')} | ${layout.exogenous.join(', ') || '—'}`,
    ],
    ...(report.text === null
      ? []
      : [[s('written as', '形式'), `${report.text.encoding}, “${report.text.delimiter}”`]]),
  ];
  const lines = [report.name, table(rows)];
  if (report.mixedFrequencies) {
    lines.push(
      s(
        '! The series are not of one frequency. Compare them with care.',
        '! 系列の間隔がそろっていません。比較には注意してください。',
      ),
    );
  }
  lines.push('', table([seriesHeading(context), ...report.series.slice(0, SHOWN_SERIES).map(row)]));
  if (report.seriesCount > SHOWN_SERIES) lines.push('…');
  if (report.rejected.length > 0) {
    lines.push(
      '',
      table([
        [s('line', '行'), s('column', '列'), s('problem', '内容'), s('value', '値')],
        ...report.rejected
          .slice(0, SHOWN_ROWS)
          .map((bad) => [String(bad.line), bad.column ?? '', bad.message, bad.value ?? '']),
      ]),
    );
  }
  return lines.join('\n');

  function row(series: ValidationReport['series'][number]): string[] {
    return [
      `${series.loto}/${series.uniqueId}`,
      String(series.n),
      time(series.first),
      time(series.last),
      series.frequency,
      String(series.missing),
      String(series.duplicates),
      String(series.gaps),
    ];
  }
}

function seriesHeading({ locale }: Context): string[] {
  return locale === 'ja'
    ? ['系列', '点数', '最初', '最後', '間隔', '欠測', '重複', '抜け']
    : ['series', 'points', 'first', 'last', 'frequency', 'missing', 'duplicates', 'gaps'];
}
