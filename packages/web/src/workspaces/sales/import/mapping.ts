import {
  type Field,
  fieldTypes,
  fitsField,
  type ImportMapping,
  importMappingSchema,
  type Upload,
} from '@kizashi/server/workspaces/sales';

/** What to do with a file, as the server guessed it. */
export function guessedMapping(
  upload: Upload,
  organisation: { readonly timeZone: string; readonly currency: string },
): ImportMapping {
  return {
    encoding: upload.encoding,
    delimiter: upload.delimiter,
    hasHeader: upload.hasHeader,
    columns: upload.columns.map(({ field, type }) => ({ field, type })),
    dateOrder: upload.dateOrder,
    timeZone: organisation.timeZone,
    currency: organisation.currency,
  };
}

/**
 * Uses a column for a field, read as that field usually is. Each field has one column: the one that had it before is not
 * used any more.
 */
export function withField(mapping: ImportMapping, index: number, field: Field): ImportMapping {
  return {
    ...mapping,
    columns: mapping.columns.map((column, i) => {
      if (i === index) return { field, type: fieldTypes[field][0] };
      return field !== 'ignore' && column.field === field
        ? { ...column, field: 'ignore' as const }
        : column;
    }),
  };
}

export function withType(
  mapping: ImportMapping,
  index: number,
  type: ImportMapping['columns'][number]['type'],
): ImportMapping {
  return {
    ...mapping,
    columns: mapping.columns.map((column, i) => (i === index ? { ...column, type } : column)),
  };
}

const key = (uploadId: string) => `kizashi.import.${uploadId}`;

/** Keeps corrections over a reload of the page. */
export function keepMapping(
  storage: Pick<Storage, 'setItem'>,
  uploadId: string,
  mapping: ImportMapping,
): void {
  storage.setItem(key(uploadId), JSON.stringify(mapping));
}

/** The kept corrections; undefined when there are none, or when they fit no more. */
export function keptMapping(
  storage: Pick<Storage, 'getItem'>,
  upload: Upload,
): ImportMapping | undefined {
  const text = storage.getItem(key(upload.id));
  if (text === null) return undefined;
  const parsed = importMappingSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const same =
    data.encoding === upload.encoding &&
    data.delimiter === upload.delimiter &&
    data.hasHeader === upload.hasHeader &&
    data.columns.length === upload.columns.length &&
    data.columns.every(({ field, type }) => fitsField(field, type));
  return same ? data : undefined;
}
