import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { coreErrors } from '../core-errors.ts';
import { coreSettings } from './core-settings.ts';
import { environmentName, type SettingTable } from './setting.ts';

export type { Setting, SettingTable } from './setting.ts';

type Values<T extends SettingTable> = { readonly [K in keyof T]: z.output<T[K]['schema']> };

/** Every core setting by name; a workspace's own are under `workspace(name)`. Frozen. */
export type Config = Values<typeof coreSettings> & {
  /** The file that was read, if any. */
  readonly file: string | undefined;
  /** Settings of a workspace, typed by its table: `config.workspace(salesSettings)`. */
  workspace<T extends SettingTable>(table: T): Values<T>;
};

/**
 * Reads and checks all settings once. The environment wins over the file, the file over the defaults.
 *
 * @param env    usually `process.env`; only names starting with `KIZASHI_` are looked at
 * @param tables the workspaces' setting tables
 * @param file   path of a YAML file; default `KIZASHI_CONFIG`, else `kizashi.yaml` in the working directory if present
 * @throws CONFIG_INVALID naming every wrong setting; an unknown one says which was probably meant
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  tables: readonly SettingTable[] = [],
  file?: string,
): Config {
  const known: SettingTable = Object.assign({}, coreSettings, ...tables);
  const path =
    file ?? env.KIZASHI_CONFIG ?? (existsSync('kizashi.yaml') ? 'kizashi.yaml' : undefined);
  const problems: string[] = [];
  const fromFile = path === undefined ? {} : readFile(path);
  const fromEnvironment = readEnvironment(env, known, problems);
  for (const name of Object.keys(fromFile)) {
    if (!(name in known)) problems.push(unknownSetting(name, Object.keys(known), path ?? 'file'));
  }
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(known)) {
    const raw = fromEnvironment[name] ?? fromFile[name];
    const result = setting.schema.safeParse(raw);
    if (result.success) values[name] = result.data;
    else {
      const where = name in fromEnvironment ? environmentName(name) : name;
      const reason = result.error.issues.map((issue) => issue.message).join('; ');
      problems.push(`${where}: ${reason}${setting.secret ? '' : `, got ${JSON.stringify(raw)}`}`);
    }
  }
  if (problems.length > 0) throw coreErrors.CONFIG_INVALID({ problems: problems.join('\n  ') });
  const config = {
    ...values,
    file: path === undefined ? undefined : resolve(path),
  } as unknown as Config;
  return Object.freeze({
    ...config,
    workspace: <T extends SettingTable>(table: T) =>
      Object.fromEntries(Object.keys(table).map((name) => [name, values[name]])) as Values<T>,
  });
}

function readFile(path: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = parseYaml(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw coreErrors.CONFIG_UNREADABLE({ path, reason: (cause as Error).message }, { cause });
  }
  if (content === null || content === undefined) return {};
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw coreErrors.CONFIG_UNREADABLE({ path, reason: 'must hold `setting: value` lines' });
  }
  return content as Record<string, unknown>;
}

function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  known: SettingTable,
  problems: string[],
): Record<string, string> {
  const byEnvironmentName = new Map(
    Object.keys(known).map((name) => [environmentName(name), name]),
  );
  const values: Record<string, string> = {};
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('KIZASHI_') || value === undefined || value === '') continue;
    if (variable === 'KIZASHI_CONFIG') continue;
    const name = byEnvironmentName.get(variable);
    if (name === undefined)
      problems.push(unknownSetting(variable, [...byEnvironmentName.keys()], 'environment'));
    else values[name] = value;
  }
  return values;
}

function unknownSetting(name: string, known: readonly string[], where: string): string {
  const nearest = [...known].sort((a, b) => distance(name, a) - distance(name, b))[0];
  const hint =
    nearest !== undefined && distance(name, nearest) <= 4 ? `; did you mean ${nearest}?` : '';
  return `${name}: no such setting (${where})${hint}`;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
