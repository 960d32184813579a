import type { LibraryFile } from '@kizashi/server/workspaces/downloads';
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
import { wholeNumber } from './options.ts';
import { bytesText } from './words.ts';

interface Options extends CommonOptions {
  readonly search?: string;
  readonly state?: string;
  readonly verdict?: string;
  readonly hash?: string;
  readonly limit: number;
}

/** `kizashi downloads library [FILE]`: what is there, or everything known of one file. */
export function libraryCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  return subcommand(
    context,
    'library',
    {
      en: 'Downloaded files, or one of them',
      ja: 'ダウンロード済みファイルの一覧、または 1 件の詳細',
    },
    { remote: true },
  )
    .argument('[file-id]')
    .option('--search <text>', text('path, model or creator', 'パス・モデル・作者で絞り込む'))
    .addOption(
      new Option('--state <state>', text('only these', '状態で絞り込む')).choices([
        'stored',
        'quarantined',
        'missing',
      ]),
    )
    .addOption(
      new Option('--verdict <verdict>', text('only these', '判定で絞り込む')).choices([
        'clean',
        'suspicious',
        'dangerous',
        'malformed',
        'unscannable',
      ]),
    )
    .option('--hash <hash>', text('any of its hashes', 'ハッシュで探す'))
    .option('--limit <n>', text('most of them', '件数の上限'), wholeNumber(context, 1, 200), 50)
    .action(async (id: string | undefined, options: Options) => {
      await withClient(context, options, async (client) => {
        const output = outputOf(context, options);
        if (id !== undefined) {
          const path = `/api/downloads/library/${encodeURIComponent(id)}`;
          const file = await client.get<LibraryFile>(path);
          print(output, file, () => fileText(context, file));
          return;
        }
        const { search, state, verdict, hash, limit } = options;
        const page = await client.get<{ items: LibraryFile[]; nextCursor: string | null }>(
          '/api/downloads/library',
          { search, state, verdict, hash, limit },
        );
        print(output, page, () => filesTable(context, page.items));
      });
    });
}

function filesTable(context: Context, files: readonly LibraryFile[]): string {
  if (files.length === 0) {
    return say(context, { en: 'No files.', ja: 'ファイルはありません。' });
  }
  const heading =
    context.locale === 'ja'
      ? ['id', 'ファイル', '状態', '判定', 'サイズ', 'SHA-256']
      : ['id', 'file', 'state', 'verdict', 'size', 'SHA-256'];
  return table([
    heading,
    ...files.map((file) => [
      file.id,
      file.path,
      file.state,
      file.verdict,
      bytesText(file.sizeBytes),
      file.sha256,
    ]),
  ]);
}

export function fileText(context: Context, file: LibraryFile): string {
  const s = (en: string, ja: string): string => say(context, { en, ja });
  const rows: [string, string | null][] = [
    ['id', file.id],
    [s('file', 'ファイル'), file.path],
    [s('state', '状態'), file.state],
    [s('verdict', '判定'), [file.verdict, ...file.reasons].join(', ')],
    ...file.reasonTexts.map((text): [string, string] => [s('reason', '理由'), say(context, text)]),
    [s('verified by', '照合'), file.verified],
    [s('size', 'サイズ'), `${bytesText(file.sizeBytes)} (${file.sizeBytes})`],
    ['SHA-256', file.sha256],
    ['BLAKE3', file.blake3],
    ['CRC32', file.crc32],
    ['AutoV2', file.autoV2],
    ['AutoV3', file.autoV3],
    [s('model', 'モデル'), [file.modelName, file.versionName].filter(Boolean).join(' · ') || null],
    [s('creator', '作者'), file.creator],
    [s('trigger words', 'トリガーワード'), file.triggerWords.join(', ') || null],
    [s('page', 'ページ'), file.page],
    ...file.links.map((link): [string, string] => [s('also at', '別名'), link]),
  ];
  const imports = file.imports.map(({ module, name, level }) => `${module}.${name} (${level})`);
  return [
    table(rows.filter((row): row is [string, string] => row[1] !== null)),
    ...(imports.length > 0 ? ['', ...imports] : []),
  ].join('\n');
}
