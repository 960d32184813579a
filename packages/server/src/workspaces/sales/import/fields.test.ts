import { expect, it } from 'vitest';
import type { ColumnType } from '../../../core/csv/contract.ts';
import { guessFields } from './fields.ts';

const guess = (columns: Record<string, ColumnType>) =>
  guessFields(Object.entries(columns).map(([name, type]) => ({ name, type })));

it('knows the columns of UCI Online Retail', () => {
  expect(
    guess({
      InvoiceNo: 'text',
      StockCode: 'text',
      Description: 'text',
      Quantity: 'integer',
      InvoiceDate: 'datetime',
      UnitPrice: 'number',
      CustomerID: 'integer',
    }),
  ).toEqual(['order', 'product', 'productName', 'quantity', 'time', 'unitPrice', 'customer']);
});

it('knows short names', () => {
  const columns = { invoice: 'text', stock: 'text', qty: 'integer', ts: 'datetime' } as const;
  expect(guess({ ...columns, price: 'number', customer: 'text', country: 'text' })).toEqual([
    ...['order', 'product', 'quantity', 'time', 'unitPrice', 'customer', 'country'],
  ]);
});

it('knows Japanese names, full-width and with units', () => {
  expect(
    guess({
      受注番号: 'text',
      受注日: 'date',
      顧客名: 'text',
      商品名: 'text',
      数量: 'integer',
      単価: 'currency',
      金額: 'currency',
      備考: 'text',
    }),
  ).toEqual([
    ...['order', 'time', 'customer', 'productName', 'quantity', 'unitPrice', 'amount', 'ignore'],
  ]);
  expect(guess({ Ｏｒｄｅｒ＿Ｉｄ: 'text' })).toEqual(['order']);
});

it('gives a field to the column whose values fit', () => {
  expect(guess({ date: 'text', order_date: 'date' })).toEqual(['ignore', 'time']);
  expect(guess({ 'Order Date': 'text' })).toEqual(['time']);
});

it('gives each field once, to the more telling name', () => {
  expect(guess({ customer: 'text', customer_id: 'text' })).toEqual(['ignore', 'customer']);
});

it('leaves alone what it does not know', () => {
  expect(guess({ note: 'text', '': 'empty', constructor: 'text' as const })).toEqual([
    ...['ignore', 'ignore', 'ignore'],
  ]);
});
