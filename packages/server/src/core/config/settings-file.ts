import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { coreErrors } from '../core-errors.ts';

/**
 * The settings in a YAML file, by name. One without a value (`port:`) counts as not given.
 *
 * @throws CONFIG_UNREADABLE, CONFIG_SYNTAX. They name places and never text: the parser's own words quote the line, and
 *   with it whatever secret stands there.
 */
export function readSettingsFile(path: string): ReadonlyMap<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw coreErrors.CONFIG_UNREADABLE({ path, reason }, { cause });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw coreErrors.CONFIG_SYNTAX({ path, line, column: col, problem: error.code });
  }
  let content: unknown;
  try {
    content = document.toJS();
  } catch {
    throw coreErrors.CONFIG_SYNTAX({ path, line: 1, column: 1, problem: 'BAD_ALIAS' });
  }
  if (content === null || content === undefined) return new Map();
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw coreErrors.CONFIG_SYNTAX({ path, line: 1, column: 1, problem: 'NOT_A_MAP' });
  }
  return new Map(Object.entries(content).filter(([, value]) => value !== null));
}
