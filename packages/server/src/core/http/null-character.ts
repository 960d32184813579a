import type { FastifyInstance } from 'fastify';
import { coreErrors } from '../core-errors.ts';
import { localeOf } from './locale.ts';
import { ruleTexts } from './rule-texts.ts';

const RULE = 'must not hold the character U+0000';

/**
 * Refuses the character U+0000 in any text of a request: PostgreSQL cannot store it, so it would fail deep inside as
 * an error of ours instead of here as the caller's.
 */
export function refuseNullCharacters(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    const { body, query, params } = request;
    const path = find({ body, query, params }, '');
    if (path === undefined) done();
    else {
      const message = localeOf(request) === 'ja' ? (ruleTexts[RULE] ?? RULE) : RULE;
      done(coreErrors.REQUEST_INVALID({}, { fields: [{ path, message }] }));
    }
  });
}

/** Path of the first text or name with U+0000 in plain data; streams and bytes are not looked into. */
function find(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Buffer.isBuffer(value) || 'pipe' in value) return undefined;
  for (const name in value) {
    if (name.includes('\0')) return path;
    const child = (value as Record<string, unknown>)[name];
    const found = find(child, path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
