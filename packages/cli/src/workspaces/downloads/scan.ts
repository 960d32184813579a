import type { FileScan, Verdict } from '@kizashi/server/command-line/downloads';
import { type Command, Option } from 'commander';
import { CommandError } from '../../command-error.ts';
import { type CommonOptions, type Context, say, subcommand } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { table } from '../../output.ts';
import { usageErrors } from '../../usage-errors.ts';

/** From the best to the worst. */
const VERDICTS = [
  'clean',
  'suspicious',
  'unscannable',
  'malformed',
  'dangerous',
] as const satisfies readonly Verdict[];

type Downloads = typeof import('@kizashi/server/command-line/downloads');

interface ScanCommandOptions extends CommonOptions {
  readonly failOn: (typeof VERDICTS)[number];
  readonly clamav: string;
}

/** `kizashi downloads scan PATH…`: what files would do when they are loaded, without server or database. */
export function scanCommand(context: Context): Command {
  const text = (en: string, ja: string): string => say(context, { en, ja });
  return subcommand(context, 'scan', {
    en: 'Look into model files for what would run code, break or hide; loads and unpacks nothing',
    ja: 'モデルファイルを読み込まずに検査する（コード実行、破損、偽装）',
  })
    .argument('<paths...>', text('files and folders', 'ファイルとフォルダー'))
    .addOption(
      new Option(
        '--fail-on <verdict>',
        text(
          'least verdict that ends the command with 1: suspicious, unscannable, malformed or dangerous',
          'この判定以上があれば終了コード 1（suspicious / unscannable / malformed / dangerous）',
        ),
      )
        .choices(VERDICTS.slice(1))
        .default('suspicious'),
    )
    .addOption(
      new Option(
        '--clamav <where>',
        text(
          'virus scanner beside ours: auto, off, unix:/path or tcp://host:port of a clamd, path of clamscan',
          '併用するウイルススキャナー: auto、off、clamd の unix:/path か tcp://host:port、clamscan のパス',
        ),
      )
        .env('KIZASHI_DOWNLOADS_CLAMAV')
        .default('auto'),
    )
    .action(async (paths: string[], options: ScanCommandOptions) => {
      const downloads = await import('@kizashi/server/command-line/downloads');
      const write = options.json ? jsonWriter(context) : tableWriter(context, downloads);
      const counts = new Map<Verdict, number>();
      const virusScanners = new Set<string>();
      await usageErrors(context, () =>
        downloads.scanPaths(paths, {
          clamav: options.clamav,
          env: context.env,
          onScan(scan) {
            counts.set(scan.verdict, (counts.get(scan.verdict) ?? 0) + 1);
            virusScanners.add(scan.antivirus?.result ?? 'off');
            write.scan(scan);
          },
        }),
      );
      write.end();
      if (!options.json) context.line(summary(context, downloads, counts, virusScanners));
      const failing = VERDICTS.slice(VERDICTS.indexOf(options.failOn)).reduce(
        (sum, verdict) => sum + (counts.get(verdict) ?? 0),
        0,
      );
      if (failing === 0) return;
      throw new CommandError(
        'DOWNLOADS_SCAN_FOUND',
        text(
          `${failing} of the files should not be used as they are. docs/reference/downloads-scanner.md explains each reason.`,
          `そのまま使うべきでないファイルが ${failing} 件あります。理由の説明: docs/reference/downloads-scanner.md`,
        ),
        exitCodes.failed,
      );
    });
}

interface Writer {
  scan(scan: FileScan): void;
  end(): void;
}

/** `{"files":[…]}`, written file by file. */
function jsonWriter({ line }: Context): Writer {
  let before = '{"files":[';
  return {
    scan(scan) {
      line(`${before}${JSON.stringify(scan)}`);
      before = ',';
    },
    end: () => line(before === ',' ? ']}' : `${before}]}`),
  };
}

/** Clean files are only counted: among thousands the others would be lost. What the reasons mean follows once. */
function tableWriter(context: Context, { reasonTexts, verdictTexts }: Downloads): Writer {
  const rows: string[][] = [];
  const codes = new Set<string>();
  return {
    scan(scan) {
      if (scan.verdict === 'clean') return;
      for (const code of scan.reasons) codes.add(code);
      const imports = scan.imports
        .filter(({ level }) => level !== 'allowed')
        .map(({ module, name }) => `${module}.${name}`);
      rows.push([
        say(context, verdictTexts[scan.verdict]),
        printable(scan.path),
        scan.reasons.join(', '),
        printable(imports.join(', ')),
      ]);
    },
    end() {
      if (rows.length === 0) return;
      const heading =
        context.locale === 'ja'
          ? ['判定', 'ファイル', '理由', 'インポート']
          : ['verdict', 'file', 'reasons', 'imports'];
      context.line(table([heading, ...rows]));
      const sorted = [...codes].toSorted();
      const texts = reasonTexts(sorted);
      context.line('');
      context.line(table(sorted.map((code, i) => [code, say(context, texts[i]!)])));
    },
  };
}

function summary(
  context: Context,
  { verdictTexts }: Downloads,
  counts: ReadonlyMap<Verdict, number>,
  virusScanners: ReadonlySet<string>,
): string {
  const parts = VERDICTS.filter((verdict) => counts.has(verdict)).map(
    (verdict) => `${say(context, verdictTexts[verdict])} ${counts.get(verdict)}`,
  );
  if (parts.length === 0) {
    return say(context, { en: 'No files there.', ja: 'ファイルがありません。' });
  }
  const ran = ['clean', 'found', 'limit'].some((result) => virusScanners.has(result));
  const virus = ran
    ? say(context, { en: 'ClamAV looked too', ja: 'ClamAV も検査済み' })
    : virusScanners.has('failed')
      ? say(context, { en: 'ClamAV failed', ja: 'ClamAV は失敗' })
      : say(context, { en: 'without ClamAV', ja: 'ClamAV なし' });
  return `${parts.join(say(context, { en: ', ', ja: '、' }))} (${virus})`;
}

/** Names come from strangers: control characters would speak to the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, '\ufffd').slice(0, 500);
}
