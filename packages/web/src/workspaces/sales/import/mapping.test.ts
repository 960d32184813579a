import type { Upload } from '@kizashi/server/workspaces/sales';
import { describe, expect, it } from 'vitest';
import { guessedMapping, keepMapping, keptMapping, withField, withType } from './mapping.ts';

const upload: Upload = {
  id: 'u1',
  name: 'orders.csv',
  sizeBytes: 1000,
  sha256: 'x',
  duplicateOf: null,
  encoding: 'shift_jis',
  delimiter: ',',
  hasHeader: true,
  columns: [
    { index: 0, name: '受注番号', type: 'text', field: 'order', samples: ['A-001'] },
    { index: 1, name: '受注日', type: 'datetime', field: 'time', samples: ['2025-04-01'] },
    { index: 2, name: '備考', type: 'text', field: 'ignore', samples: [] },
  ],
  preview: [],
  rowsEstimated: 5,
  dateOrder: 'unambiguous',
};
const organisation = { timeZone: 'Asia/Tokyo', currency: 'JPY' };
const guessed = guessedMapping(upload, organisation);

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

describe('the use of columns', () => {
  it('begins with what the server guessed, in the zone and currency of the organisation', () => {
    expect(guessed).toMatchObject({
      encoding: 'shift_jis',
      columns: [
        { field: 'order', type: 'text' },
        { field: 'time', type: 'datetime' },
        { field: 'ignore', type: 'text' },
      ],
      timeZone: 'Asia/Tokyo',
      currency: 'JPY',
    });
  });

  it('gives a field to one column only', () => {
    const moved = withField(guessed, 2, 'order');
    expect(moved.columns.map((column) => column.field)).toEqual(['ignore', 'time', 'order']);
    expect(guessed.columns[0]!.field).toBe('order');
  });

  it('lets any number of columns be unused', () => {
    const none = withField(withField(guessed, 0, 'ignore'), 1, 'ignore');
    expect(none.columns.map((column) => column.field)).toEqual(['ignore', 'ignore', 'ignore']);
  });

  it('changes a type and leaves the rest', () => {
    expect(withType(guessed, 1, 'date').columns).toEqual([
      guessed.columns[0],
      { field: 'time', type: 'date' },
      guessed.columns[2],
    ]);
  });

  it('reads a column as its new field is read', () => {
    const asPrice = withField(withType(guessed, 1, 'date'), 1, 'unitPrice');
    expect(asPrice.columns[1]).toEqual({ field: 'unitPrice', type: 'currency' });
  });
});

describe('corrections over a reload', () => {
  it('come back', () => {
    const kept = storage();
    const corrected = withField(guessed, 2, 'country');
    keepMapping(kept, upload.id, corrected);
    expect(keptMapping(kept, upload)).toEqual(corrected);
  });

  it('are dropped when the file is read another way, or were never made', () => {
    const kept = storage();
    expect(keptMapping(kept, upload)).toBeUndefined();
    keepMapping(kept, upload.id, guessed);
    expect(keptMapping(kept, { ...upload, delimiter: ';' })).toBeUndefined();
    expect(keptMapping(kept, { ...upload, columns: upload.columns.slice(1) })).toBeUndefined();
    keepMapping(kept, upload.id, withType(guessed, 1, 'boolean'));
    expect(keptMapping(kept, upload)).toBeUndefined();
  });

  it('are dropped when an older version of the page kept them in another form', () => {
    const kept = storage();
    kept.setItem('kizashi.import.u1', '{"columns":"none"}');
    expect(keptMapping(kept, upload)).toBeUndefined();
  });
});
