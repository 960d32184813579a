// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are what is tested
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runConfigSchema } from './contract.ts';
import { checkRunConfig, readRunConfig } from './run-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, env: Record<string, string> = {}) {
  const path = join(folder, 'run.yaml');
  writeFileSync(path, text);
  return readRunConfig(path, env);
}

describe('a run as YAML', () => {
  it('takes variables of the environment, their defaults, and paths beside the file', async () => {
    const config = await read(
      [
        'name: nightly ${STAGE:test}',
        'database: mysql://kizashi@${DB_HOST:localhost}:${DB_PORT:3306}/features',
        'horizon: ${HORIZON:14}',
        'lookahead: ${LOOKAHEAD:false}',
        'files:',
        '  - draws/loto6.csv',
        '  - { path: /data/series.csv, layout: { id: unique_id, time: t, y: y } }',
        'sets:',
        '  - { set: catch22, windows: { points: 60 }, errors: raise, retries: 2 }',
      ].join('\n'),
      { DB_HOST: 'db.example.org', LOOKAHEAD: 'true' },
    );
    expect(config).toMatchObject({
      name: 'nightly test',
      database: 'mysql://kizashi@db.example.org:3306/features',
      horizon: 14,
      lookahead: true,
      files: [
        { path: join(folder, 'draws/loto6.csv') },
        { path: '/data/series.csv', layout: { id: 'unique_id', timeZone: 'UTC' } },
      ],
      sets: [{ set: 'catch22', windows: { points: 60, features: 'curated' }, whole: true }],
    });
  });

  it('cannot be changed in its structure by a variable', async () => {
    const config = await read('name: ${NAME}', { NAME: 'a\nhorizon: 3\n# "' });
    expect(config).toMatchObject({ name: 'a\nhorizon: 3\n# "', horizon: 28 });
  });

  it.each([
    ['name: ${NOBODY_SET_IT}', 'FEATURES_CONFIG_VARIABLE'],
    ['name: [', 'FEATURES_CONFIG_SYNTAX'],
    ['horizont: 3', 'FEATURES_CONFIG_INVALID'],
    ['horizon: soon', 'FEATURES_CONFIG_INVALID'],
    ['- a list', 'FEATURES_CONFIG_INVALID'],
  ])('is refused: %s', async (text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });

  it('is missing where there is no file', async () => {
    await expect(readRunConfig(join(folder, 'none.yaml'), {})).rejects.toMatchObject({
      code: 'SERIES_FILE_MISSING',
    });
  });

  it.each([
    [{ sets: [{ set: 'nope' }] }, 'FEATURES_SET_UNKNOWN'],
    [{ sets: [{ set: 'lags', parameters: { lag: 1 } }] }, 'FEATURES_PARAMETER_INVALID'],
    [{ sets: [{ set: 'lags', windows: {} }] }, 'FEATURES_NOT_BY_WINDOW'],
    [{ country: 'XX' }, 'FEATURES_COUNTRY_UNKNOWN'],
    [{ files: [join(folder, 'none.csv')] }, 'SERIES_FILE_MISSING'],
    [{ files: [folder] }, 'SERIES_FILE_MISSING'],
  ])('is refused before anything is read: %j', async (config, code) => {
    await expect(checkRunConfig(runConfigSchema.parse(config))).rejects.toMatchObject({ code });
  });
});
