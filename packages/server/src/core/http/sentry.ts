import { httpErrors } from './errors.ts';

export interface ErrorReporter {
  report(error: unknown, context: { requestId: string; route: string }): void;
  /** Sends what is waiting. */
  stop(): Promise<void>;
}

/** The part of `@sentry/node` used here; the package is optional and brings its own types. */
interface Sentry {
  init(options: Record<string, unknown>): unknown;
  captureException(error: unknown, hint: { tags: Record<string, string> }): string;
  close(timeoutMs: number): Promise<boolean>;
}

/**
 * Sends unexpected errors to Sentry. Only the error and two tags leave: no request, no user, no local variables,
 * and none of the integrations that instrument every request (they cost two to five times a request).
 *
 * @throws SENTRY_MISSING when the optional package is not installed
 */
export async function createErrorReporter(
  options: { dsn: string; release: string },
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<ErrorReporter> {
  let sentry: Sentry;
  try {
    sentry = (await load('@sentry/node')) as Sentry;
  } catch (cause) {
    throw httpErrors.SENTRY_MISSING({}, { cause });
  }
  sentry.init({ ...options, defaultIntegrations: false, sendDefaultPii: false });
  return {
    report: (error, { requestId, route }) => {
      sentry.captureException(error, { tags: { requestId, route } });
    },
    stop: async () => {
      await sentry.close(2000);
    },
  };
}
