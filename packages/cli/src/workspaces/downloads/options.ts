import { stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from '../../command-error.ts';
import { type Context, say } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

/** What a search is narrowed by, on the command line. */
export interface SearchOptions {
  readonly source: 'civitai' | 'hugging-face';
  readonly type?: string;
  readonly baseModel?: string;
  readonly creator?: string;
  readonly tag?: string;
  readonly sort?: string;
  readonly nsfw?: boolean;
}

/** `--creator` is left to the command: it is a filter of a search, and something to download. */
export function addSearchOptions(context: Context, command: Command): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  return command
    .addOption(
      new Option('--source <name>', text('where to look', '検索先'))
        .choices(['civitai', 'hugging-face'])
        .default('civitai'),
    )
    .option('--type <type>', text('kind of model, such as LORA', 'モデルの種類（LORA など）'))
    .option('--base-model <name>', text('such as SDXL 1.0', 'ベースモデル（SDXL 1.0 など）'))
    .option('--tag <tag>', text('only with this tag', 'タグで絞り込む'))
    .option('--sort <order>', text('as the source names it', '並び順（提供元の名前）'))
    .option('--nsfw', text('also what is not safe for work', '成人向けも含める'));
}

export function searchOf(options: SearchOptions, query: string) {
  const { source, type, baseModel, creator, tag, sort, nsfw } = options;
  return {
    source,
    query,
    nsfw: nsfw ? ('true' as const) : ('false' as const),
    ...(type === undefined ? {} : { type }),
    ...(baseModel === undefined ? {} : { baseModel }),
    ...(creator === undefined ? {} : { creator }),
    ...(tag === undefined ? {} : { tag }),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** Reads a whole number of a range, for commander. */
export function wholeNumber(context: Context, least: number, most: number) {
  return (value: string): number => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(
      say(context, {
        en: `it must be a whole number from ${least} to ${most}.`,
        ja: `${least} から ${most} までの整数を指定してください。`,
      }),
    );
  };
}

/** Reads a point in time, `2026-11-24T02:00` in the zone of this machine or with its own. @returns UTC epoch ms */
export function instant(context: Context) {
  return (value: string): number => {
    const at = Date.parse(value);
    if (Number.isFinite(at) && at >= 0) return at;
    throw new InvalidArgumentError(
      say(context, {
        en: 'it must be a time such as 2026-11-24T02:00.',
        ja: '2026-11-24T02:00 のような日時を指定してください。',
      }),
    );
  };
}

/** @throws CommandError when there is no such file to read */
export async function checkFile(context: Context, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return;
  throw new CommandError(
    'FILE_UNREADABLE',
    say(context, {
      en: `${path} cannot be read. Check the name and that it is a file.`,
      ja: `${path} を読み込めません。ファイル名を確認してください。`,
    }),
    exitCodes.usage,
  );
}

export function usage(context: Context, code: string, en: string, ja: string): CommandError {
  return new CommandError(code, say(context, { en, ja }), exitCodes.usage);
}
