import type { Clock } from '../../../core/clock.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { Locale } from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import type { OrganisationSettings } from '../../../core/settings/settings.ts';
import type { ImportMapping } from '../contract.ts';
import { salesErrors } from '../errors.ts';
import {
  findStoredDuplicate,
  insertImport,
  liveImports,
  nextImportNumber,
} from '../store/imports.ts';
import type { ImportRow, SalesQuery, UploadRow } from '../store/tables.ts';
import { mappingProblems } from './line-mapper.ts';
import { mappingProblemTexts } from './texts.ts';

export interface Submission {
  readonly upload: UploadRow;
  readonly mapping: ImportMapping;
  readonly mode: ImportRow['mode'];
  readonly allowDuplicate: boolean;
  readonly demo: boolean;
  /** As in the audit log. */
  readonly createdBy: string;
  readonly locale: Locale;
}

/**
 * Checks that an import may be started, and records it as waiting.
 *
 * @throws SALES_MAPPING_INVALID, SALES_DUPLICATE_FILE, SALES_CURRENCY_DIFFERS, SALES_CURRENCY_DIFFERS_DEMO
 */
export async function recordImport(
  deps: { db: Database; clock: Clock; settings: OrganisationSettings },
  submission: Submission,
): Promise<ImportRow> {
  const { upload, mapping, mode } = submission;
  const problems = mappingProblems(mapping);
  if (problems.length > 0) {
    const texts = problems.map((problem) => mappingProblemTexts[problem][submission.locale]);
    throw salesErrors.SALES_MAPPING_INVALID({ problems: texts.join(' ') });
  }
  const now = deps.clock.now();
  const row: Omit<ImportRow, 'number'> = {
    id: createId(now),
    name: upload.name,
    state: 'waiting',
    mode,
    mapping: toJson(mapping),
    currency: mapping.currency,
    demo: submission.demo ? 1 : 0,
    sha256: upload.sha256,
    size_bytes: upload.size_bytes,
    upload_id: upload.id,
    job_id: null,
    created_by: submission.createdBy,
    created_at: now,
    finished_at: null,
    last_line: 0,
    rows_read: 0,
    rows_stored: 0,
    rows_rejected: 0,
    rows_adjustment: 0,
    rejects_bytes: 0,
    progress: 0,
    error: null,
  };
  const { number, first } = await insertNumbered(deps.db, row, submission);
  // The first sales decide the currency of all figures.
  if (first) await deps.settings.set({ currency: mapping.currency });
  return { ...row, number };
}

async function insertNumbered(
  db: Database,
  row: Omit<ImportRow, 'number'>,
  { allowDuplicate }: Pick<Submission, 'allowDuplicate'>,
): Promise<{ number: number; first: boolean }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(async (trx) => {
        const query = trx.withTables() as unknown as SalesQuery;
        // In the same transaction: of two at once, the second one's number is taken, and it looks again.
        const earlier = allowDuplicate ? undefined : await findStoredDuplicate(query, row.sha256);
        if (earlier !== undefined) throw salesErrors.SALES_DUPLICATE_FILE({ name: earlier.name });
        const others = await liveImports(query);
        refuseOtherCurrency(row.currency, others);
        const number = await nextImportNumber(query);
        await insertImport(query, { ...row, number });
        return { number, first: others.length === 0 };
      });
    } catch (error) {
      // Another process took the number in between.
      if (attempt === 5 || !db.engine.isUniqueViolation(error)) throw error;
    }
  }
}

function refuseOtherCurrency(
  currency: string,
  stored: Awaited<ReturnType<typeof liveImports>>,
): void {
  const other = stored.find((one) => one.currency !== currency);
  if (other === undefined) return;
  const params = { stored: other.currency, currency };
  throw stored.every(({ demo }) => demo === 1)
    ? salesErrors.SALES_CURRENCY_DIFFERS_DEMO({ ...params, name: other.name })
    : salesErrors.SALES_CURRENCY_DIFFERS(params);
}
