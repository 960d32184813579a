import type { DownloadAnalytics } from '@kizashi/server/workspaces/downloads';
import { type Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';
import { usage, wholeNumber } from './options.ts';
import { bytesText } from './words.ts';

const DAY_MS = 86_400_000;

interface Options extends CommonOptions {
  readonly days: number;
  readonly out?: string;
  readonly format?: 'html' | 'pdf' | 'json';
}

/** `kizashi downloads report [--out report.pdf]`: what was downloaded, how well, and what to do better. */
export function reportCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  return subcommand(
    context,
    'report',
    {
      en: 'Figures of the downloads, or the report as a file',
      ja: 'ダウンロードの集計、またはレポートのファイル出力',
    },
    { remote: true },
  )
    .option(
      '--days <n>',
      text('the last so many days', '直近の日数'),
      wholeNumber(context, 1, 3660),
      30,
    )
    .option('--out <file>', text('write the report here', 'レポートの出力先'))
    .addOption(
      new Option(
        '--format <format>',
        text('of --out; default: by its name', '--out の形式（既定: 拡張子）'),
      ).choices(['html', 'pdf', 'json']),
    )
    .action(async (options: Options) => {
      const format = formatOf(context, options);
      const to = Date.now();
      const range = { from: to - options.days * DAY_MS, to };
      await withClient(context, options, async (client) => {
        const output = outputOf(context, options);
        if (options.out !== undefined) {
          await client.download('/api/downloads/report', options.out, {
            ...range,
            format,
            locale: context.locale,
          });
          const file = options.out;
          print(output, { file, format }, () =>
            text(`The report is in ${file}.`, `レポートを ${file} に保存しました。`),
          );
          return;
        }
        const figures = await client.get<DownloadAnalytics>('/api/downloads/analytics', range);
        print(output, figures, () => figuresText(context, figures));
      });
    });
}

/** @throws CommandError when the name does not say it */
function formatOf(context: Context, { out, format }: Options): string {
  if (format !== undefined || out === undefined) return format ?? 'json';
  const found = /\.(html|pdf|json)$/i.exec(out)?.[1]?.toLowerCase();
  if (found !== undefined) return found;
  throw usage(
    context,
    'DOWNLOADS_REPORT_FORMAT_UNKNOWN',
    `${out} does not say which format it should have: end it with .html, .pdf or .json, or add --format.`,
    `${out} からは形式が分かりません。.html、.pdf、.json のいずれかで終わる名前にするか、--format を付けてください。`,
  );
}

function figuresText(context: Context, figures: DownloadAnalytics): string {
  const s = (en: string, ja: string): string => say(context, { en, ja });
  const { usage: used, performance } = figures;
  const speed = performance.medianBytesPerSecond;
  const rate = used.successRate;
  const lines = [
    table([
      [s('downloads', 'ダウンロード'), String(used.downloads)],
      [s('completed', '完了'), String(used.completed)],
      [s('failed', '失敗'), String(used.failed)],
      [s('success rate', '成功率'), rate === null ? '–' : `${(100 * rate).toFixed(1)} %`],
      [s('fetched', '取得'), bytesText(used.bytes)],
      [s('linked instead', 'リンクで節約'), bytesText(used.savedBytes)],
      [s('wasted', '無駄'), bytesText(used.wastedBytes)],
      [s('median speed', '速度の中央値'), speed === null ? '–' : `${bytesText(speed)}/s`],
    ]),
  ];
  if (figures.failures.length > 0) {
    lines.push('', s('Failures', '失敗の内訳'));
    lines.push(
      table(
        figures.failures.map(({ count, message, pattern }) => [String(count), message, pattern]),
      ),
    );
  }
  if (figures.recommendations.length > 0) {
    lines.push('', s('Recommendations', 'おすすめ'));
    lines.push(...figures.recommendations.map((one) => `- ${one.text}`));
  }
  return lines.join('\n');
}
