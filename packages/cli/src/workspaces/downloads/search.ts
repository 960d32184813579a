import type { OfferedModel } from '@kizashi/server/workspaces/downloads';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';
import { addSearchOptions, type SearchOptions, searchOf, wholeNumber } from './options.ts';
import { bytesText } from './words.ts';

interface Options extends CommonOptions, SearchOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** `kizashi downloads search [WORDS…]`: what a source has. */
export function searchCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(
    context,
    'search',
    {
      en: 'Search CivitAI or Hugging Face for models',
      ja: 'CivitAI や Hugging Face のモデルを検索する',
    },
    { remote: true },
  ).argument('[words...]');
  return addSearchOptions(context, command)
    .option('--creator <name>', text('only of this creator', '作者で絞り込む'))
    .option('--limit <n>', text('most models', '件数の上限'), wholeNumber(context, 1, 100), 20)
    .option(
      '--cursor <text>',
      text('go on after an earlier answer (nextCursor)', '前回の続き（nextCursor）'),
    )
    .action(async (words: string[], options: Options) => {
      await withClient(context, options, async (client) => {
        const page = await client.get<{ items: OfferedModel[]; nextCursor: string | null }>(
          '/api/downloads/search',
          { ...searchOf(options, words.join(' ')), limit: options.limit, cursor: options.cursor },
        );
        print(outputOf(context, options), page, () => modelsTable(context, page.items));
      });
    });
}

function modelsTable(context: Context, models: readonly OfferedModel[]): string {
  if (models.length === 0) {
    return say(context, { en: 'Nothing found.', ja: '見つかりませんでした。' });
  }
  const heading =
    context.locale === 'ja'
      ? ['モデル', '名前', '種類', '作者', 'ベース', 'サイズ', '']
      : ['model', 'name', 'type', 'creator', 'base', 'size', ''];
  return table([
    heading,
    ...models.map((model) => {
      const version = model.versions[0];
      const file = version?.files.find(({ primary }) => primary) ?? version?.files[0];
      return [
        model.id,
        model.name,
        model.type,
        model.creator ?? '',
        version?.baseModel ?? '',
        bytesText(file?.sizeBytes ?? null),
        version?.barrier ? barrierText(context, version.barrier) : '',
      ];
    }),
  ]);
}

type Barrier = NonNullable<OfferedModel['versions'][number]['barrier']>;

function barrierText(context: Context, barrier: Barrier): string {
  const texts: Record<Barrier, { en: string; ja: string }> = {
    login: { en: 'needs a token', ja: 'トークンが必要' },
    'early-access': {
      en: 'early access: not yet free',
      ja: '早期アクセス（まだ公開されていません）',
    },
    disabled: { en: 'downloads are switched off', ja: 'ダウンロード停止中' },
    archived: { en: 'archived', ja: 'アーカイブ済み' },
    'taken-down': { en: 'taken down', ja: '削除済み' },
    gated: { en: 'accept its terms at the source first', ja: '提供元で利用条件への同意が必要' },
  };
  return say(context, texts[barrier]);
}
