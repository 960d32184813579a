import type { ColumnType } from '../../../core/csv/contract.ts';
import type { Field } from '../contract.ts';

/**
 * Names of columns as shops and systems write them, in lower case without spaces and punctuation. Within a field the
 * earlier name wins when a file has several.
 */
const NAMES: Readonly<Record<Exclude<Field, 'ignore'>, readonly string[]>> = {
  order: [
    ...['orderid', 'orderno', 'ordernumber', 'order', 'invoiceno', 'invoice', 'invoiceid'],
    ...['invoicenumber', 'transactionid', 'receipt', 'receiptno'],
    ...['受注番号', '注文番号', '受注no', '注文no', '注文id', '伝票番号', '請求番号', '取引番号'],
  ],
  time: [
    ...['orderedat', 'orderdate', 'ordertime', 'invoicedate', 'createdat', 'datetime', 'date'],
    ...['timestamp', 'ts', 'time', 'day', 'purchasedate', 'transactiondate', 'soldat'],
    ...[
      '受注日時',
      '受注日',
      '注文日時',
      '注文日',
      '売上日',
      '購入日',
      '取引日',
      '請求日',
      '日時',
      '日付',
    ],
  ],
  product: [
    ...['sku', 'productid', 'productcode', 'stockcode', 'stock', 'itemid', 'itemcode', 'productno'],
    ...['商品コード', '商品番号', '商品id', '品番', '製品コード', '品目コード', '管理番号'],
  ],
  productName: [
    ...['productname', 'product', 'itemname', 'item', 'description', 'title', 'name'],
    ...['商品名', '製品名', '品名', '品目', '商品'],
  ],
  customer: [
    ...['customerid', 'customerno', 'customercode', 'customer', 'clientid', 'client', 'userid'],
    ...['buyer', 'email', 'customeremail', 'customername'],
    ...[
      '顧客番号',
      '顧客コード',
      '顧客id',
      '会員番号',
      '会員id',
      '得意先コード',
      '顧客名',
      '得意先',
      '得意先名',
    ],
    ...['お客様名', '顧客', '会員', 'メールアドレス'],
  ],
  country: [
    ...['country', 'countrycode', 'shippingcountry', 'billingcountry', 'region', 'market'],
    ...['国', '国名', '国コード', '地域', '都道府県'],
  ],
  quantity: [
    ...['quantity', 'qty', 'units', 'count', 'pieces', 'amountsold'],
    ...['数量', '個数', '点数', '数'],
  ],
  unitPrice: [
    ...['unitprice', 'price', 'itemprice', 'priceperunit', 'lineitemprice'],
    ...['単価', '販売単価', '価格', '税込単価', '税抜単価'],
  ],
  amount: [
    ...[
      'amount',
      'total',
      'linetotal',
      'totalprice',
      'revenue',
      'sales',
      'subtotal',
      'net',
      'dollars',
    ],
    ...['金額', '合計', '合計金額', '小計', '売上', '売上高', '売上金額', '税込金額'],
  ],
};

const NUMERIC: ReadonlySet<ColumnType> = new Set(['integer', 'number', 'currency']);
const FITTING: Readonly<Partial<Record<Field, ReadonlySet<ColumnType>>>> = {
  time: new Set(['date', 'datetime']),
  quantity: NUMERIC,
  unitPrice: NUMERIC,
  amount: NUMERIC,
};

/**
 * Guesses what each column of a file is used for from its name and type; each field is given once at most, to a column
 * whose values fit if there is one.
 */
export function guessFields(columns: readonly { name: string; type: ColumnType }[]): Field[] {
  const guesses: Field[] = columns.map(() => 'ignore');
  const names = columns.map(({ name }) => plain(name));
  const wanted = Object.entries(NAMES) as [Exclude<Field, 'ignore'>, readonly string[]][];
  // A second round by name alone: a date column with one odd cell looks like text, and is a date column still.
  for (const byType of [true, false]) {
    for (const [field, known] of wanted) {
      if (guesses.includes(field)) continue;
      const fitting = byType ? FITTING[field] : undefined;
      const index = bestNamed(
        known,
        names.map((name, i) =>
          guesses[i] === 'ignore' && (fitting === undefined || fitting.has(columns[i]!.type))
            ? name
            : null,
        ),
      );
      if (index !== -1) guesses[index] = field;
    }
  }
  return guesses;
}

/** Index of the column whose name comes first among the known ones. */
function bestNamed(known: readonly string[], names: readonly (string | null)[]): number {
  for (const name of known) {
    const index = names.indexOf(name);
    if (index !== -1) return index;
  }
  return -1;
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./()#:*]/g, '');
}
