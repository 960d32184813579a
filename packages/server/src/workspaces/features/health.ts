import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Compute } from '../../core/compute/compute.ts';
import type { Database } from '../../core/db/database.ts';
import { AppError, type Locale } from '../../core/errors.ts';
import type { FeaturesHealth } from './contract.ts';
import type { GpuChoice } from './gpu/open-gpu.ts';
import type { GpuProbe } from './gpu/probe-gpu-task.ts';

/** Below this much free space a run of any size may fail. */
const LEAST_FREE_BYTES = 1 << 30;

const texts = {
  database: {
    en: 'The database answers.',
    ja: 'データベースは応答しています。',
  },
  away: {
    en: 'The database does not answer. Check that it runs and that its address is right.',
    ja: 'データベースが応答しません。動作と接続先を確認してください。',
  },
  gpu: {
    en: 'No GPU is asked for: runs compute on the processor.',
    ja: 'GPU は使用しません。計算は CPU で行います。',
  },
  ready: {
    en: 'Runs compute on {adapter}.',
    ja: '{adapter} で計算します。',
  },
  software: {
    en: '{adapter} computes on the processor, slower than without it: runs use it only with “require”.',
    ja: '{adapter} は CPU 上の模擬 GPU で低速です。「require」の実行だけが使います。',
  },
  disk: {
    en: 'There is room in the data folder.',
    ja: 'データフォルダーに空きがあります。',
  },
  full: {
    en: 'Less than 1 GB is free in the data folder. Free some space before a run.',
    ja: 'データフォルダーの空きが 1 GB 未満です。実行前に空きを作ってください。',
  },
} as const;

export interface HealthDeps {
  readonly db: Database;
  readonly compute: Compute;
  readonly dataFolder: string;
  readonly gpu: GpuChoice;
}

/** Whether a run would find what it needs. */
export async function featuresHealth(
  { db, compute, dataFolder, gpu }: HealthDeps,
  locale: Locale,
): Promise<FeaturesHealth> {
  const answers = await sql`select 1`.execute(db.query).then(
    () => true,
    () => false,
  );
  const { bavail, bsize } = await statfs(dataFolder);
  const freeBytes = bavail * bsize;
  const hasRoom = freeBytes >= LEAST_FREE_BYTES;
  return {
    database: {
      ok: answers,
      engine: db.engine.name,
      detail: texts[answers ? 'database' : 'away'][locale],
    },
    gpu: await gpuHealth(compute, gpu, locale),
    disk: { ok: hasRoom, freeBytes, detail: texts[hasRoom ? 'disk' : 'full'][locale] },
  };
}

/** Asked in a thread of the pool, where runs compute: the driver's code stays out of this one. */
async function gpuHealth(
  compute: Compute,
  { mode, module }: GpuChoice,
  locale: Locale,
): Promise<FeaturesHealth['gpu']> {
  const required = mode === 'require';
  if (mode === 'off') return { status: 'not-asked', required, detail: texts.gpu[locale] };
  try {
    const task = new URL('./gpu/probe-gpu-task.ts', import.meta.url);
    const { adapter, isSoftware } = await compute.run<GpuProbe>(task, { module });
    const text = texts[isSoftware ? 'software' : 'ready'][locale];
    return { status: 'available', required, detail: text.replace('{adapter}', adapter) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { status: 'none', required, detail: error.text(locale) };
  }
}
