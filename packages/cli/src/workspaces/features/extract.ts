import type { Command } from 'commander';
import { type CommonOptions, type Context, say, subcommand } from '../../context.ts';
import { table } from '../../output.ts';
import { collect } from '../../period.ts';
import { noticeRejected } from '../../series-document.ts';
import { usageErrors } from './errors.ts';
import { addLayoutOptions, type LayoutOptions, layoutOf } from './layout-options.ts';

interface ExtractOptions extends CommonOptions, LayoutOptions {
  readonly set: string;
  readonly param: string[];
}

/** Times shown of features by time. */
const SHOWN_TIMES = 4;

/** `kizashi features extract FILE`: features of a file's series, without server or database. */
export function extractCommand(context: Context): Command {
  const command = subcommand(context, 'extract', {
    en: 'Features of the series of a CSV or Parquet file',
    ja: 'CSV・Parquet ファイルの系列から特徴量を計算する',
  }).argument('<file>');
  return addLayoutOptions(context, command)
    .requiredOption(
      '--set <name>',
      say(context, {
        en: 'set of features: catch22, rolling … (kizashi features list)',
        ja: '特徴量セット: catch22、rolling など（kizashi features list で一覧）',
      }),
    )
    .option(
      '--param <name=value>',
      say(context, {
        en: 'parameter of the set; may be repeated',
        ja: 'セットのパラメーター（複数指定可）',
      }),
      collect,
      [],
    )
    .action(async (file: string, options: ExtractOptions) => {
      // Loaded here: no other command needs the numerics.
      const { extractFeatures } = await import('@kizashi/server/command-line/features');
      const write = options.json ? jsonWriter(context) : textWriter(context);
      const layout = await layoutOf(context, options);
      const summary = await usageErrors(context, () =>
        extractFeatures({
          file,
          layout,
          set: options.set,
          parameters: options.param,
          onSeries: write.series,
        }),
      );
      write.end();
      noticeRejected(context, summary.rowsRejected);
      if (summary.duplicates > 0) {
        context.notice(
          say(context, {
            en: `${summary.duplicates} rows have the same series and time as an earlier one; the earlier one counts.`,
            ja: `系列と日時が重複する ${summary.duplicates} 行は、先の行を採用しました。`,
          }),
        );
      }
    });
}

interface Writer {
  series(id: string, json: string): void;
  end(): void;
}

/** One document, written series by series: its size does not have to fit into memory. */
function jsonWriter({ line }: Context): Writer {
  let first = true;
  return {
    series(id, json) {
      line(`${first ? '{"series":{' : ','}${JSON.stringify(id)}:${json}`);
      first = false;
    },
    end: () => line(first ? '{"series":{}}' : '}}'),
  };
}

function textWriter({ line }: Context): Writer {
  return {
    series(id, json) {
      const values = JSON.parse(json) as Record<string, unknown>;
      const times = values.t;
      line(`\n${id}`);
      line(Array.isArray(times) ? lastTimes(times, values) : table(summaryRows(values)));
    },
    end: () => {},
  };
}

function summaryRows(values: Record<string, unknown>): string[][] {
  return Object.entries(values).map(([name, value]) => [`  ${name}`, shown(value)]);
}

function lastTimes(times: readonly unknown[], values: Record<string, unknown>): string {
  const from = Math.max(0, times.length - SHOWN_TIMES);
  const last = (column: unknown): string[] => (column as unknown[]).slice(from).map(shown);
  return table([
    ['  t', ...last(times)],
    ...Object.entries(values)
      .filter(([name]) => name !== 't')
      .map(([name, column]) => [`  ${name}`, ...last(column)]),
  ]);
}

function shown(value: unknown): string {
  if (value === null) return '—';
  if (Array.isArray(value)) {
    const head = value.slice(0, 5).map(shown).join(' ');
    return value.length > 5 ? `${head} … (${value.length})` : head;
  }
  return typeof value === 'number' ? String(Number(value.toPrecision(8))) : String(value);
}
