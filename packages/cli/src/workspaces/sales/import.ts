import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fieldSchema, type SalesImport, type Upload } from '@kizashi/server/workspaces/sales';
import { type Command, Option } from 'commander';
import type { Client } from '../../client.ts';
import { CommandError } from '../../command-error.ts';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { interruptible } from '../../interruptible.ts';
import { print, table } from '../../output.ts';
import { collect } from '../../period.ts';
import { type MappingOptions, mappingOf, readMap } from './import-mapping.ts';

interface ImportOptions extends CommonOptions, MappingOptions {
  readonly mode: 'all-or-nothing' | 'good-rows';
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly allowDuplicate?: boolean;
}

const ENDED = new Set(['done', 'rejected', 'failed', 'cancelled', 'undone']);

/** `kizashi import FILE.csv`, `kizashi import list | errors | undo`. */
export function importCommand(context: Context): Command {
  const command = subcommand(
    context,
    'import',
    { en: 'Import sales from a CSV file', ja: 'CSV ファイルから売上を取り込む' },
    { remote: true },
  )
    .argument('[file]')
    .option(
      '--map <column=field[:type]>',
      say(context, {
        en: `use a column as ${fieldSchema.options.join(', ')}, and read it as text, integer, number, currency, date or datetime; may be repeated; the rest is guessed`,
        ja: `列の用途（${fieldSchema.options.join(', ')}）と読み取り形式（text, integer, number, currency, date, datetime）を指定。複数指定可、残りは自動判定`,
      }),
      collect,
      [],
    )
    .addOption(
      new Option(
        '--mode <mode>',
        say(context, { en: 'what to do when rows are bad', ja: '不正な行があるときの扱い' }),
      )
        .choices(['all-or-nothing', 'good-rows'])
        .default('all-or-nothing'),
    )
    .option(
      '--time-zone <zone>',
      say(context, { en: 'IANA zone of times without one', ja: '時刻のタイムゾーン' }),
    )
    .option('--currency <code>', say(context, { en: 'ISO 4217', ja: '通貨コード' }))
    .option(
      '--encoding <name>',
      say(context, { en: 'instead of the detected one', ja: '文字コードを指定' }),
    )
    .option(
      '--delimiter <character>',
      say(context, { en: 'instead of the detected one', ja: '区切り文字を指定' }),
    )
    .addOption(
      new Option(
        '--date-order <order>',
        say(context, { en: 'of dates like 04/11/2025', ja: '04/11/2025 のような日付の順' }),
      ).choices(['unambiguous', 'day-first', 'month-first']),
    )
    .option(
      '--allow-duplicate',
      say(context, {
        en: 'store the same file a second time',
        ja: '同じファイルをもう一度取り込む',
      }),
    )
    .action(async (file: string | undefined, options: ImportOptions) => {
      if (file === undefined) {
        throw new CommandError(
          'FILE_MISSING',
          say(context, {
            en: 'Which file? kizashi import FILE.csv (or: kizashi import list)',
            ja: 'ファイルを指定してください: kizashi import ファイル.csv（一覧は kizashi import list）',
          }),
          exitCodes.usage,
        );
      }
      await importFile(context, file, options);
    });
  command.enablePositionalOptions();
  command.addCommand(listCommand(context));
  command.addCommand(errorsCommand(context));
  command.addCommand(undoCommand(context));
  return command;
}

async function importFile(context: Context, file: string, options: ImportOptions): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new CommandError(
      'FILE_UNREADABLE',
      say(context, { en: `Cannot read ${file}.`, ja: `${file} を読めません。` }),
      exitCodes.usage,
    );
  });
  if (!(await stat(file)).isFile()) {
    throw new CommandError(
      'FILE_UNREADABLE',
      say(context, {
        en: `${file} is no file. Give the CSV file itself.`,
        ja: `${file} はファイルではありません。CSV ファイルを指定してください。`,
      }),
      exitCodes.usage,
    );
  }
  const wanted = readMap(context, options.map);
  await withClient(context, { ...options, worker: true }, async (client) => {
    const uploaded = await client.upload<Upload>('/api/sales/uploads', file, {
      name: basename(file),
    });
    const upload =
      options.encoding === undefined && options.delimiter === undefined
        ? uploaded
        : await client.get<Upload>(`/api/sales/uploads/${uploaded.id}`, {
            encoding: options.encoding,
            delimiter: options.delimiter,
          });
    const settings = await client.get<{ timeZone: string; currency: string }>('/api/settings');
    const started = await client.send<SalesImport>('POST', '/api/sales/imports', {
      uploadId: upload.id,
      mapping: mappingOf(context, upload, wanted, options, settings),
      mode: options.mode,
      allowDuplicate: options.allowDuplicate ?? false,
    });
    const ended = await waitForEnd(context, client, started.id);
    print(outputOf(context, options), ended, () => importsTable(context, [ended]));
    if (ended.state !== 'done') {
      throw new CommandError(
        `IMPORT_${ended.state.toUpperCase()}`,
        ended.error ??
          say(context, {
            en: `Bad rows: ${ended.rowsRejected}. Nothing was stored. See: kizashi import errors ${ended.id}, or use --mode good-rows.`,
            ja: `${ended.rowsRejected} 行に誤りがあるため何も保存していません。kizashi import errors ${ended.id} で確認するか、--mode good-rows を使ってください。`,
          }),
      );
    }
  });
}

/** Ctrl-C ends the waiting, not the import: what is stored so far is not thrown away. */
function waitForEnd(context: Context, client: Client, id: string): Promise<SalesImport> {
  return interruptible(
    context,
    async (stopSignal) => {
      const signal = stopSignal();
      for (let shown = -1; ; ) {
        const state = await client.get<SalesImport>(`/api/sales/imports/${id}`);
        if (ENDED.has(state.state)) return state;
        const percent = Math.floor(state.progress * 100);
        if (percent >= shown + 10) {
          shown = percent;
          context.notice(`${percent} %  ${state.rowsRead.toLocaleString(context.locale)}`);
        }
        await setTimeout(200, undefined, { signal });
      }
    },
    say(context, {
      en: 'Interrupted. It goes on where Kizashi runs (kizashi serve): see kizashi import list.',
      ja: '中断しました。Kizashi の稼働中（kizashi serve）に続行されます: kizashi import list で確認できます。',
    }),
  );
}

function listCommand(context: Context): Command {
  return subcommand(
    context,
    'list',
    { en: 'Imports, newest first', ja: '取り込みの一覧' },
    { remote: true },
  ).action(async (options: CommonOptions) => {
    await withClient(context, options, async (client) => {
      const page = await client.get<{ items: SalesImport[] }>('/api/sales/imports', { limit: 200 });
      print(outputOf(context, options), page, () => importsTable(context, page.items));
    });
  });
}

function errorsCommand(context: Context): Command {
  return subcommand(
    context,
    'errors',
    { en: 'Bad rows of an import', ja: '取り込みで見つかった誤り' },
    { remote: true },
  )
    .argument('<import-id>')
    .action(async (id: string, options: CommonOptions) => {
      await withClient(context, options, async (client) => {
        const page = await client.get<{
          items: { line: number; column: string | null; message: string; value: string | null }[];
        }>(`/api/sales/imports/${encodeURIComponent(id)}/errors`, { limit: 200 });
        print(outputOf(context, options), page, () =>
          table([
            context.locale === 'ja'
              ? ['行', '列', '内容', '値']
              : ['line', 'column', 'problem', 'value'],
            ...page.items.map((item) => [
              String(item.line),
              item.column ?? '',
              item.message,
              item.value ?? '',
            ]),
          ]),
        );
      });
    });
}

function undoCommand(context: Context): Command {
  return subcommand(
    context,
    'undo',
    { en: 'Remove everything an import stored', ja: '取り込みを取り消す' },
    { remote: true },
  )
    .argument('<import-id>')
    .action(async (id: string, options: CommonOptions) => {
      await withClient(context, { ...options, worker: true }, async (client) => {
        await client.send('POST', `/api/sales/imports/${encodeURIComponent(id)}/undo`);
        const ended = await waitForEnd(context, client, id);
        print(outputOf(context, options), ended, () => importsTable(context, [ended]));
      });
    });
}

function importsTable(context: Context, imports: readonly SalesImport[]): string {
  if (imports.length === 0)
    return say(context, { en: 'No imports.', ja: '取り込みはありません。' });
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['名前', '状態', '読込', '保存', '不正']
        : ['name', 'state', 'read', 'stored', 'rejected']),
    ],
    ...imports.map((item) => [
      item.id,
      item.name,
      item.state,
      String(item.rowsRead),
      String(item.rowsStored),
      String(item.rowsRejected),
    ]),
  ]);
}
