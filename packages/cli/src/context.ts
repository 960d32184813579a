import { Command } from 'commander';
import type { Client } from './client.ts';
import type { Locale, Text } from './locale.ts';
import type { Output } from './output.ts';

/** What every command is given. */
export interface Context {
  readonly locale: Locale;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly line: (text: string) => void;
  /** Progress and notices: standard error, so that standard output stays clean for programs. */
  readonly notice: (text: string) => void;
  /** Everything on standard input. */
  readonly input: () => Promise<string>;
  /** The server named by --server / KIZASHI_SERVER, else the product opened in this process. */
  readonly connect: (options: {
    server?: string;
    token?: string;
    worker?: boolean;
    /** Address of the database instead of the settings' own, for a product opened in this process. */
    database?: string;
  }) => Promise<Client>;
}

/** Builds one command with everything below it. */
export type CreateCommand = (context: Context) => Command;

/** Commands by the name they are called by, each loaded when it is needed. */
export type LazyCommands = Readonly<Record<string, () => Promise<CreateCommand>>>;

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly server?: string;
}

/** Says a text in the reader's language. */
export function say(context: Context, text: Text): string {
  return text[context.locale];
}

export function outputOf(context: Context, options: CommonOptions): Output {
  return { json: options.json ?? false, line: context.line };
}

/** A subcommand with --json; `remote` ones also take --server. */
export function subcommand(
  context: Context,
  name: string,
  description: Text,
  options: { remote?: boolean } = {},
): Command {
  const command = new Command(name)
    .description(say(context, description))
    .option('--json', say(context, { en: 'print one JSON document', ja: 'JSON で出力する' }))
    .helpOption('-h, --help', say(context, { en: 'show this help', ja: 'この説明を表示する' }));
  if (options.remote) {
    command.option(
      '--server <address>',
      say(context, {
        en: 'server to ask (KIZASHI_SERVER, with its KIZASHI_TOKEN); default: the data folder on this machine',
        ja: '接続先サーバー（KIZASHI_SERVER。KIZASHI_TOKEN も必要）。既定はこのマシンのデータフォルダー',
      }),
    );
  }
  return command;
}

/** Runs `work` with a connection and always closes it. */
export async function withClient<T>(
  context: Context,
  options: CommonOptions & { worker?: boolean; database?: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await context.connect(options);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
