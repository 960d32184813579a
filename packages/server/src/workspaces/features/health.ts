import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../../core/db/database.ts';
import type { Locale } from '../../core/errors.ts';
import type { FeaturesHealth } from './contract.ts';

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
  disk: {
    en: 'There is room in the data folder.',
    ja: 'データフォルダーに空きがあります。',
  },
  full: {
    en: 'Less than 1 GB is free in the data folder. Free some space before a run.',
    ja: 'データフォルダーの空きが 1 GB 未満です。実行前に空きを作ってください。',
  },
} as const;

/** Whether a run would find what it needs. */
export async function featuresHealth(
  db: Database,
  dataFolder: string,
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
    gpu: { status: 'not-asked', detail: texts.gpu[locale] },
    disk: { ok: hasRoom, freeBytes, detail: texts[hasRoom ? 'disk' : 'full'][locale] },
  };
}
