import {
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  pino,
  stdSerializers,
} from 'pino';

export type { Logger } from 'pino';

const REMOVED = '[removed]';
/** Names of fields whose value is nobody's business, whatever comes before or after: `newPassword`, `set-cookie`. */
const SECRET_NAME =
  /passw|passphrase|secret|token|cookie|authorization|credential|apikey|api[-_]key|dsn$|(smtp|redis|database)url$/i;
/** User and password in an address. */
const CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^/\s"']+@/gi;
/** Deeper than this nobody reads a log line. */
const MAX_DEPTH = 6;

/**
 * Structured logs: one event name and its fields per line. `error` means a person should look. Secrets are removed by
 * name at any depth, and user and password from every address, also in the words of an error and its causes.
 */
export function createLogger(options: {
  level: string;
  /** Default: standard error, since standard output is what a command was asked for. */
  destination?: DestinationStream;
}): Logger {
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: scrubFields },
      // The formatter has described it already.
      serializers: { err: (described: unknown) => described },
    },
    options.destination ?? pino.destination(2),
  );
  // What a child carries passes by the formatter. Every descendant inherits this method.
  const child: Child = log.child;
  const scrubbed: Child = function (fields, childOptions) {
    return child.call(this, scrubFields(fields), childOptions);
  };
  return Object.assign(log, { child: scrubbed });
}

type Child = (this: Logger, fields: object, options?: ChildLoggerOptions) => Logger;
type Fields = Record<string, unknown>;

function scrubFields(fields: object): Fields {
  return scrub(fields, 0) as Fields;
}

/** The value without secrets; itself when there are none, which is nearly always. */
function scrub(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return value.includes('://') ? value.replace(CREDENTIALS, `$1${REMOVED}@`) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  // Type, words, stack and own fields, the words and stacks of its causes included.
  if (value instanceof Error) return scrub({ ...stdSerializers.err(value) }, depth);
  if (depth > MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return scrubList(value, depth);
  // Dates and the like know themselves how to be written.
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
  let copy: Fields | undefined;
  for (const [name, before] of Object.entries(value)) {
    const after = isSecret(name, before) ? REMOVED : scrub(before, depth + 1);
    if (after === before) continue;
    copy ??= { ...value };
    copy[name] = after;
  }
  return copy ?? value;
}

function scrubList(values: readonly unknown[], depth: number): readonly unknown[] {
  const after = values.map((value) => scrub(value, depth + 1));
  return after.some((value, i) => value !== values[i]) ? after : values;
}

/** Numbers and flags may be told: `tokens: 3`, `passwordChanged: true`. */
function isSecret(name: string, value: unknown): boolean {
  const canHoldOne = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return canHoldOne && SECRET_NAME.test(name);
}
