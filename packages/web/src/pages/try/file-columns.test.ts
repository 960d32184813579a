import { describe, expect, it } from 'vitest';
import { exampleCustomers } from './clusters/example-customers.ts';
import { nameColumn, numberColumns } from './clusters/number-columns.ts';
import { type ColumnRole, guessColumns, missingColumns, purchaseNames } from './column-choice.ts';
import { exampleShop } from './example-shop.ts';
import { fileColumns } from './file-columns.ts';

const fileOf = (...parts: BlobPart[]) => new File(parts, 'x.csv');

const roles = (['customer', 'time', 'amount'] as const).map(
  (name): ColumnRole<'customer' | 'time' | 'amount'> => ({
    name,
    required: name !== 'amount',
    called: purchaseNames[name],
  }),
);
const none = { customer: '', time: '', amount: '' };

describe('the columns of a file', () => {
  it('are found with quotes, tabs and any line ends', async () => {
    expect(await fileColumns(fileOf('\uFEFF"a ""x"", y";b\r\n1;2\r\n'))).toEqual({
      columns: ['a "x", y', 'b'],
      rows: [['1', '2']],
    });
    expect((await fileColumns(fileOf('a,b\tc\td\n'))).columns).toEqual(['a,b', 'c', 'd']);
  });

  it('are found in Shift_JIS too', async () => {
    const customer = Uint8Array.of(0x8c, 0xda, 0x8b, 0x71);
    const { columns } = await fileColumns(fileOf(customer, ',date\n'));
    expect(columns).toEqual(['顧客', 'date']);
  });

  it('are none of what is no text, and of what has no header', async () => {
    expect((await fileColumns(fileOf(Uint8Array.of(80, 65, 82, 49, 0, 1)))).columns).toEqual([]);
    expect((await fileColumns(fileOf('a,,c\n'))).columns).toEqual([]);
    expect((await fileColumns(fileOf(''))).columns).toEqual([]);
  });
});

describe('columns of purchases', () => {
  it.each([
    [
      ['InvoiceNo', 'InvoiceDate', 'UnitPrice', 'CustomerID'],
      ['CustomerID', 'InvoiceDate', 'UnitPrice'],
    ],
    [
      ['顧客ID', '購入日', '金額'],
      ['顧客ID', '購入日', '金額'],
    ],
    [
      ['who', 'day', 'paid'],
      ['who', 'day', 'paid'],
    ],
  ])('%j are told by their names', (columns, [customer, time, amount]) => {
    const found = guessColumns(roles, none, { columns, rows: [] });
    expect(found).toEqual({ customer, time, amount });
  });

  it('stay as they were chosen, unless the file has none of that name', () => {
    const file = { columns: ['customer', 'buyer', 'date'], rows: [] };
    const chosen = { ...none, customer: 'buyer', time: 'gone' };
    const found = guessColumns(roles, chosen, file);
    expect(found).toEqual({ customer: 'buyer', time: 'date', amount: '' });
    expect(missingColumns(roles, found)).toEqual([]);
    expect(missingColumns(roles, none)).toEqual(['customer', 'time']);
    // Nothing could be looked into: what was typed counts.
    expect(guessColumns(roles, chosen, { columns: [], rows: [] })).toEqual(chosen);
  });

  it('of the example are all found', async () => {
    const found = guessColumns(roles, none, await fileColumns(exampleShop()));
    expect(found).toEqual({ customer: 'customer', time: 'date', amount: 'price' });
  });
});

describe('columns to compare rows by', () => {
  it('are the numbers, without those that only name a row', async () => {
    const file = await fileColumns(
      fileOf('id,town,面積,rent,same\n1,Bonn,12.5,"¥1,200",1\n2,Kiel,30,△300,1\n'),
    );
    expect(numberColumns(file)).toEqual(['面積', 'rent']);
    expect(nameColumn(file)).toBe('town');
    const example = await fileColumns(exampleCustomers());
    expect(numberColumns(example)).toEqual(['visits', 'spent_per_visit', 'days_since']);
    expect(nameColumn(example)).toBe('customer');
  });
});
