import type { ChartCell, ChartTable } from '../../../charts/chart-table.ts';
import type { StockFound, StockNeeded } from './stock-document.ts';

export const stockFigures = [
  ...['orderQuantity', 'reorderPoint', 'safetyStock', 'demand', 'shortageWithoutOrder'],
  ...['onHand', 'onOrder', 'leadTime'],
] as const satisfies readonly (keyof StockNeeded & string)[];

/** What must be ordered first, the most missing at the top; then what is enough, then what could not be forecast. */
export function stockRows(found: StockFound): readonly (readonly [string, StockNeeded | null])[] {
  const rank = (stock: StockNeeded | null) =>
    stock === null ? 2 : stock.status === 'enough' ? 1 : 0;
  return [...found]
    .map(([id, { stock }]) => [id, stock] as const)
    .sort(
      ([, a], [, b]) =>
        rank(a) - rank(b) || (b?.shortageWithoutOrder ?? 0) - (a?.shortageWithoutOrder ?? 0),
    );
}

/** Every series for programs: names as in the JSON. */
export function stockCsvTable(found: StockFound): ChartTable {
  const names = ['series', 'model', 'status', ...stockFigures];
  return {
    columns: names.map((name) => ({ key: name, title: name, text: String, numeric: false })),
    rows: stockRows(found).map(([id, stock]): ChartCell[] => [
      ...[id, found.get(id)?.model ?? null, stock?.status ?? null],
      ...stockFigures.map((figure) => stock?.[figure] ?? null),
    ]),
  };
}
