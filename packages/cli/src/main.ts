import { text } from 'node:stream/consumers';
import { AppError } from '@kizashi/server/errors';
import { Command, CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import { connect } from './connect.ts';
import { type Context, type LazyCommands, say } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { terminalLocale } from './locale.ts';
import { version } from './version.ts';
import { workspaceCommands } from './workspaces/index.ts';

/** Runs one command line. @returns the exit code; everything that went wrong has been told on standard error. */
export async function main(args: readonly string[]): Promise<number> {
  const { env } = process;
  const locale = terminalLocale(env);
  // `kizashi … | head` has read enough: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.ok);
    throw error;
  });
  const context: Context = {
    locale,
    env,
    line: (line) => process.stdout.write(`${line}\n`),
    notice: (line) => process.stderr.write(`${line}\n`),
    input: () => text(process.stdin),
    connect: (options) => connect(env, locale, options),
  };
  try {
    const program = await createProgram(context, args[0]);
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return report(context, error, args.includes('--json'));
  }
}

/** By their names. What the others need is not loaded to run one. */
const commands: LazyCommands = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  ...workspaceCommands,
  forecast: async () => (await import('./commands/forecast.ts')).forecastCommand,
  customers: async () => (await import('./commands/customers.ts')).customersCommand,
  recommend: async () => (await import('./commands/recommend.ts')).recommendCommand,
  stock: async () => (await import('./commands/stock.ts')).stockCommand,
  anomalies: async () => (await import('./commands/anomalies.ts')).anomaliesCommand,
  cluster: async () => (await import('./commands/cluster.ts')).clusterCommand,
  alerts: async () => (await import('./commands/alerts.ts')).alertsCommand,
  tasks: async () => (await import('./commands/tasks.ts')).tasksCommand,
  users: async () => (await import('./commands/users.ts')).usersCommand,
  tokens: async () => (await import('./commands/tokens.ts')).tokensCommand,
  config: async () => (await import('./commands/config.ts')).configCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
};

/** The command tree, or of it only the branch `name` where there is one; also what the reference page is generated from. */
export async function createProgram(context: Context, name?: string): Promise<Command> {
  const program = new Command('kizashi')
    .description(
      say(context, {
        en: 'Kizashi shows what your numbers are about to do, and acts on it.',
        ja: 'Kizashi（兆し）は、数字のこれからを示し、知らせます。',
      }),
    )
    .version(
      version,
      '-V, --version',
      say(context, { en: 'show the version', ja: 'バージョンを表示する' }),
    )
    .helpOption('-h, --help', say(context, { en: 'show this help', ja: 'この説明を表示する' }))
    .helpCommand(false)
    // Every option belongs to the command it stands behind: `import` has a --json, and so has `import list`.
    .enablePositionalOptions();
  for (const load of needed(name)) {
    const create = await load();
    program.addCommand(create(context));
  }
  settle(program, context);
  return program;
}

/** What has to be loaded for a command line that begins with `name`. */
function needed(name?: string): LazyCommands[string][] {
  if (name === '--version' || name === '-V') return [];
  const one = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  return one === undefined ? Object.values(commands) : [one];
}

/** Headings in the reader's language, errors thrown instead of exiting, at every level. */
function settle(command: Command, context: Context): void {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  if (context.locale === 'ja') {
    const titles: Record<string, string> = {
      'Usage:': '使い方:',
      'Arguments:': '引数:',
      'Options:': 'オプション:',
      'Commands:': 'コマンド:',
    };
    command.configureHelp({ styleTitle: (title) => titles[title] ?? title });
  }
  for (const child of command.commands) settle(child, context);
}

function report(context: Context, error: unknown, json: boolean): number {
  if (error instanceof CommanderError) {
    // --help and --version end this way too.
    if (error.exitCode === 0) return exitCodes.ok;
    const isGroup = error.code === 'commander.help';
    return tell(context, json, {
      code: 'USAGE',
      message: isGroup
        ? say(context, {
            en: 'Which command? Add --help to see them.',
            ja: 'コマンドを指定してください。--help で一覧を表示します。',
          })
        : `${error.message.replace(/^error: /, '')}${say(context, { en: '\nAdd --help to see what is possible.', ja: '\n--help で使い方を確認できます。' })}`,
      exitCode: exitCodes.usage,
    });
  }
  if (error instanceof CommandError) return tell(context, json, error);
  if (error instanceof AppError) {
    const isSettings = error.code.startsWith('CONFIG_');
    return tell(context, json, {
      code: error.code,
      message: error.text(context.locale),
      exitCode: isSettings
        ? exitCodes.usage
        : error.retryable
          ? exitCodes.unreachable
          : exitCodes.failed,
    });
  }
  const detail = error instanceof Error ? error : new Error(String(error));
  return tell(context, json, {
    code: 'INTERNAL',
    message:
      context.env.KIZASHI_LOG_LEVEL === 'debug' ? (detail.stack ?? detail.message) : detail.message,
    exitCode: exitCodes.failed,
  });
}

function tell(
  context: Context,
  json: boolean,
  error: { readonly code: string; readonly message: string; readonly exitCode: number },
): number {
  const { code, message, exitCode } = error;
  context.notice(json ? JSON.stringify({ error: { code, message } }) : `kizashi: ${message}`);
  return exitCode;
}
