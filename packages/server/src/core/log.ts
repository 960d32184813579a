import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Paths removed from every log line, whatever logs them. */
const SECRET_PATHS = ['password', 'token', 'secret', 'authorization', 'cookie', 'url'].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
);

/** Structured logs: one event name and its fields per line. `error` means a person should look. */
export function createLogger(options: { level: string; pretty?: boolean }): Logger {
  return pino({
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: '[removed]' },
  });
}
