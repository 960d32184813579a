import { describe, expect, it } from 'vitest';
import { tableCsv } from '../../../charts/chart-table.ts';
import { stockDocumentSchema } from './stock-document.ts';
import { stockCsvTable, stockRows } from './stock-rows.ts';

const stock = {
  ...{ status: 'order', orderQuantity: 12, reorderPoint: 30.5, safetyStock: 4, demand: 40 },
  ...{ leadTimeDemand: 26, orderUpTo: 44, shortageWithoutOrder: 7, onHand: 33, onOrder: 0 },
  leadTime: 7,
};
const found = stockDocumentSchema.parse({
  series: {
    enough: { model: 'ETS', stock: { ...stock, status: 'enough', orderQuantity: 0 } },
    none: { model: null, stock: null },
    little: { model: 'ETS', stock },
    most: { model: 'ETS', stock: { ...stock, shortageWithoutOrder: 20 } },
  },
});

describe('rows of stock', () => {
  it('begin with what is missing most, and end with what is not known', () => {
    expect(stockRows(found).map(([id]) => id)).toEqual(['most', 'little', 'enough', 'none']);
  });

  it('are in the file with the names of the JSON', () => {
    const [heading, , second, , last] = tableCsv(stockCsvTable(found)).split('\r\n');
    expect(heading).toBe(
      'series,model,status,orderQuantity,reorderPoint,safetyStock,demand,shortageWithoutOrder,onHand,onOrder,leadTime',
    );
    expect(second).toBe('little,ETS,order,12,30.5,4,40,7,33,0,7');
    expect(last).toBe('none,,,,,,,,,,');
  });
});
