import { analysisOptions } from '@kizashi/server/contract/analyses';
import { describe, expect, it } from 'vitest';
import { emptyStockDraft, guessStockDraft, stockOptions } from './stock-draft.ts';

describe('options of the stock', () => {
  it('are those that the server takes', () => {
    const draft = { ...emptyStockDraft, id: 'item', onHand: ' stock ', lotSize: '12', season: 7 };
    expect(analysisOptions.stock.parse(stockOptions(draft))).toMatchObject({
      ...{ leadTime: 7, reviewPeriod: 7, serviceLevel: 0.95, onHand: 'stock', onOrder: 0 },
      ...{ lotSize: 12, season: 7, layout: { id: 'item' } },
    });
  });

  it('know holidays, and events where the model does', () => {
    const draft = {
      ...emptyStockDraft,
      ...{ country: 'JP', events: '2026-12-24, sale, -1:2', correlation: 0.3 },
    };
    const known = { country: 'JP', errorCorrelation: 0.3 };
    const plain = analysisOptions.stock.parse(stockOptions(draft));
    expect(plain).toMatchObject(known);
    expect(plain.events).toBeUndefined();
    expect(analysisOptions.stock.parse(stockOptions({ ...draft, model: 'prophet' }))).toMatchObject(
      {
        ...known,
        events: [{ date: '2026-12-24', name: 'sale', window: '-1:2' }],
      },
    );
  });

  it('name the columns of the file that are called so, and keep what was typed', () => {
    const file = { columns: ['item', 'date', 'sold', '在庫数', 'lead_time'], rows: [] };
    const draft = guessStockDraft({ ...emptyStockDraft, onOrder: '5' }, file);
    expect(draft).toMatchObject({ onHand: '在庫数', onOrder: '5', leadTime: 'lead_time' });
    const other = guessStockDraft(draft, { columns: ['date', 'y'], rows: [] });
    expect(other).toMatchObject({ onHand: '', onOrder: '5' });
    expect(guessStockDraft({ ...emptyStockDraft, leadTime: '14' }, file).leadTime).toBe('14');
  });
});
