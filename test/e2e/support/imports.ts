import { type Api, until } from './api.ts';

export interface ImportState {
  readonly id: string;
  readonly state: string;
  readonly rowsRead: number;
  readonly rowsStored: number;
}

/** So many rows in January 2026, four to an order; every row sells `units` at 1.00. */
export function salesCsv(rows: number, units: number): Uint8Array {
  const lines = ['order,ordered_at,product,quantity,unit_price'];
  for (let i = 0; i < rows; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    lines.push(`F${units}-${i >> 2},2026-01-${day} 10:00,P${i % 97},${units},1.00`);
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/** Uploads a file and imports it as it was understood. */
export async function startImport(
  api: Api,
  name: string,
  csv: Uint8Array,
  options: { mode?: 'all-or-nothing' | 'good-rows'; currency?: string } = {},
): Promise<ImportState> {
  const upload = await api.call<{ id: string; columns: object[] } & Record<string, unknown>>(
    'POST',
    `/api/sales/uploads?name=${name}`,
    csv,
  );
  const { encoding, delimiter, hasHeader, columns, dateOrder } = upload;
  return api.post('/api/sales/imports', {
    uploadId: upload.id,
    mode: options.mode ?? 'all-or-nothing',
    mapping: {
      encoding,
      delimiter,
      hasHeader,
      columns: (columns as { field: string; type: string }[]).map(({ field, type }) => ({
        field,
        type,
      })),
      dateOrder,
      timeZone: 'Asia/Tokyo',
      currency: options.currency ?? 'USD',
    },
  });
}

export async function imports(api: Api): Promise<readonly ImportState[]> {
  return (await api.get<{ items: ImportState[] }>('/api/sales/imports')).items;
}

/** Waits until the newest import satisfies this. */
export async function untilImport(
  api: Api,
  isSo: (newest: ImportState) => boolean,
): Promise<ImportState> {
  const items = await until(
    () => imports(api),
    ([newest]) => newest !== undefined && isSo(newest),
  );
  return items[0]!;
}

/** Revenue and orders of January 2026. */
export async function figures(api: Api): Promise<{ revenue: number; orders: number }> {
  const { kpis } = await api.get<{ kpis: { id: string; value: number }[] }>(
    '/api/sales/overview?from=2026-01-01&to=2026-01-31',
  );
  const value = (id: string) => kpis.find((kpi) => kpi.id === id)?.value ?? Number.NaN;
  return { revenue: value('revenue'), orders: value('orders') };
}
