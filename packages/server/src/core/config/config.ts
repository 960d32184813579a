import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { coreErrors } from '../core-errors.ts';
import { coreSettings } from './core-settings.ts';
import { environmentName, problemText, type SettingTable } from './setting.ts';
import { readSettingsFile } from './settings-file.ts';
import { suggest } from './suggest.ts';

export type { SettingTable } from './setting.ts';

type Values<T extends SettingTable> = { readonly [K in keyof T]: z.output<T[K]['schema']> };

/** Every core setting by name; a workspace's own are under `workspace(name)`. Frozen. */
export type Config = Values<typeof coreSettings> & {
  /** The file that was read, if any. */
  readonly file: string | undefined;
  /** Where a setting came from, by its name. */
  readonly origins: Readonly<Record<string, SettingOrigin>>;
  /** Settings of a workspace, typed by its table: `config.workspace(salesSettings)`. */
  workspace<T extends SettingTable>(table: T): Values<T>;
};

export type SettingOrigin = 'environment' | 'file' | 'default';

type Environment = Readonly<Record<string, string | undefined>>;
interface Problem {
  readonly en: string;
  readonly ja: string;
}

/**
 * Reads and checks all settings once. The environment wins over the file, the file over the defaults.
 *
 * @param env    usually `process.env`; only names starting with `KIZASHI_` are looked at, and empty ones count as not given
 * @param tables the workspaces' setting tables
 * @param file   path of a YAML file; default `KIZASHI_CONFIG`, else `kizashi.yaml` in the working directory if present
 * @throws CONFIG_INVALID naming every wrong setting, an unknown one with the one that was probably meant, and no value
 *   of a secret one; CONFIG_UNREADABLE, CONFIG_SYNTAX
 */
export function loadConfig(
  env: Environment,
  tables: readonly SettingTable[] = [],
  file?: string,
): Config {
  const known = new Map(
    Object.entries<SettingTable[string]>(Object.assign({}, coreSettings, ...tables)),
  );
  const path =
    file ?? env.KIZASHI_CONFIG ?? (existsSync('kizashi.yaml') ? 'kizashi.yaml' : undefined);
  const fromFile = path === undefined ? new Map<string, unknown>() : readSettingsFile(path);
  const variables = new Map([...known.keys()].map((name) => [environmentName(name), name]));
  const given = givenVariables(env);
  const problems: Problem[] = [
    ...[...given.keys()]
      .filter((variable) => !variables.has(variable))
      .map((variable) => unknownSetting(variable, [...variables.keys()])),
    ...[...fromFile.keys()]
      .filter((name) => !known.has(name))
      .map((name) => unknownSetting(name, [...known.keys()])),
  ];

  const values: Record<string, unknown> = {};
  const origins: Record<string, SettingOrigin> = {};
  for (const [name, setting] of known) {
    const variable = environmentName(name);
    const raw = given.get(variable) ?? fromFile.get(name);
    origins[name] = given.has(variable) ? 'environment' : raw === undefined ? 'default' : 'file';
    const result = setting.schema.safeParse(raw);
    if (result.success) {
      values[name] = Object.freeze(result.data);
      continue;
    }
    const where = given.has(variable) ? variable : name;
    const en = problemText(setting, raw, 'en');
    const ja = problemText(setting, raw, 'ja');
    const shown = JSON.stringify(raw);
    problems.push(
      setting.secret
        ? { en: `${where}: ${en}`, ja: `${where}: ${ja}` }
        : { en: `${where}: ${en}, got ${shown}`, ja: `${where}: ${ja}（指定値: ${shown}）` },
    );
  }
  if (problems.length > 0) {
    throw coreErrors.CONFIG_INVALID({
      problems: problems.map(({ en }) => en).join('\n  '),
      problemsJa: problems.map(({ ja }) => ja).join('\n  '),
    });
  }
  return Object.freeze({
    ...(values as Values<typeof coreSettings>),
    file: path === undefined ? undefined : resolve(path),
    origins: Object.freeze(origins),
    workspace: <T extends SettingTable>(table: T) =>
      Object.fromEntries(Object.keys(table).map((name) => [name, values[name]])) as Values<T>,
  });
}

function givenVariables(env: Environment): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[0].startsWith('KIZASHI_') &&
        entry[0] !== 'KIZASHI_CONFIG' &&
        entry[1] !== undefined &&
        entry[1] !== '',
    ),
  );
}

function unknownSetting(name: string, known: readonly string[]): Problem {
  const meant = suggest(name, known);
  return {
    en: `${name}: no such setting${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    ja: `${name}: このような設定はありません${meant === undefined ? '' : `。${meant} のことですか?`}`,
  };
}
