import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TextChoices } from './contract.ts';
import { openCsv } from './csv-source.ts';
import { seriesSourceErrors } from './errors.ts';
import type { Source } from './source.ts';

/** A CSV or Parquet file, told apart by its first bytes. @throws SERIES_FILE_MISSING, and as `openCsv`, `openParquet` */
export async function openFile(
  path: string,
  choices: TextChoices,
  name: string = basename(path),
): Promise<Source> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile())
    throw seriesSourceErrors.SERIES_FILE_MISSING({ name });
  if (!(await isParquet(path))) return openCsv(path, choices, name);
  // Its engine is native code of some megabytes: loaded only where it is used.
  const { openParquet } = await import('./parquet-source.ts');
  return openParquet(path, name);
}

export async function isParquet(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const first = Buffer.alloc(4);
    await file.read(first, 0, 4, 0);
    return first.toString('latin1') === 'PAR1';
  } finally {
    await file.close();
  }
}
