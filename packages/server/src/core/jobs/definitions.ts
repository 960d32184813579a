import { jobsErrors } from './errors.ts';
import type { JobDefinition } from './queue.ts';

/** The kinds of job this process knows. */
export interface Definitions {
  add(definition: JobDefinition<never>): void;
  /** @throws JOBS_NAME_UNKNOWN */
  get(name: string): JobDefinition;
  has(name: string): boolean;
  all(): readonly JobDefinition[];
  /** @throws JOBS_NAME_UNKNOWN, JOBS_PAYLOAD_INVALID. Returns the definition. */
  check(name: string, payload: unknown): JobDefinition;
}

export function createDefinitions(): Definitions {
  const byName = new Map<string, JobDefinition>();

  function get(name: string): JobDefinition {
    const definition = byName.get(name);
    if (definition === undefined) throw jobsErrors.JOBS_NAME_UNKNOWN({ name });
    return definition;
  }

  return {
    add(definition) {
      if (byName.has(definition.name)) {
        throw jobsErrors.JOBS_NAME_TAKEN({ name: definition.name });
      }
      // Its handler only ever gets what its own schema let through: see parsePayload.
      byName.set(definition.name, definition as unknown as JobDefinition);
    },
    get,
    has: (name) => byName.has(name),
    all: () => [...byName.values()],
    check(name, payload) {
      const definition = get(name);
      parsePayload(definition, payload);
      return definition;
    },
  };
}

/** @throws JOBS_PERIOD_INVALID */
export function checkPeriod(everyMs: number): void {
  if (!Number.isSafeInteger(everyMs) || everyMs < 1_000) {
    throw jobsErrors.JOBS_PERIOD_INVALID({ everyMs });
  }
}

/** @throws JOBS_PAYLOAD_INVALID naming each wrong place */
export function parsePayload<P>(definition: JobDefinition<P>, payload: unknown): P {
  const result = definition.payload.safeParse(payload);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({
    path: ['payload', ...path].map(String).join('.'),
    message,
  }));
  const problems = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw jobsErrors.JOBS_PAYLOAD_INVALID(
    { name: definition.name, problems },
    { cause: result.error, fields },
  );
}
