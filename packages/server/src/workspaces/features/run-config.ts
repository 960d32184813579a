import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { seriesSourceErrors } from '../../core/series-source/errors.ts';
import { type RunConfig, runConfigSchema } from './contract.ts';
import { featuresErrors } from './errors.ts';
import { checkRun } from './run/check-run.ts';

/** `${NAME}` or `${NAME:default}`. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?\}/g;

/**
 * A run as a YAML file describes it, with variables of the environment filled in after it is parsed, so that no value can
 * change its structure. A text that is one variable and nothing else may become a number or a boolean. Paths of files are
 * relative to the file.
 * @throws SERIES_FILE_MISSING, FEATURES_CONFIG_SYNTAX, FEATURES_CONFIG_VARIABLE, FEATURES_CONFIG_INVALID
 */
export async function readRunConfig(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunConfig> {
  const file = basename(path);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw seriesSourceErrors.SERIES_FILE_MISSING({ name: path }, { cause });
  });
  let parsed: unknown;
  try {
    parsed = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0] ?? '';
    throw featuresErrors.FEATURES_CONFIG_SYNTAX({ file, reason }, { cause });
  }
  const config = runConfigSchema.safeParse(filled(parsed ?? {}, env, file));
  if (!config.success) {
    const problems = config.error.issues
      .map(({ path: where, message }) => `${where.join('.')}: ${message}`)
      .join('; ');
    throw featuresErrors.FEATURES_CONFIG_INVALID({ file, problems });
  }
  const files = config.data.files.map((one) => ({
    ...one,
    path: resolve(dirname(path), one.path),
  }));
  return { ...config.data, files };
}

/**
 * What is wrong with a run is told before its first file is read, which may take an hour.
 * @throws SERIES_FILE_MISSING, and as `checkRun`
 */
export async function checkRunConfig(config: RunConfig): Promise<void> {
  await checkRun(config);
  for (const { path } of config.files) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw seriesSourceErrors.SERIES_FILE_MISSING({ name: path });
  }
}

function filled(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  file: string,
): unknown {
  if (typeof value === 'string') return filledText(value, env, file);
  if (Array.isArray(value)) return value.map((part) => filled(part, env, file));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, filled(part, env, file)]),
  );
}

function filledText(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  file: string,
): unknown {
  const whole = text.trim();
  const result = text.replace(VARIABLE, (_, variable: string, fallback: string | undefined) => {
    const value = env[variable] || fallback;
    if (value === undefined) throw featuresErrors.FEATURES_CONFIG_VARIABLE({ file, variable });
    return value;
  });
  const isOneVariable = whole.replace(VARIABLE, '') === '' && whole.startsWith('${');
  return isOneVariable ? scalar(result) : result;
}

function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
