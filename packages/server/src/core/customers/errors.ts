import { defineErrors } from '../errors.ts';

/** What can be wrong with a file of purchases; what is wrong with any file is among the errors of `series-source`. */
export const customersErrors = defineErrors({
  CUSTOMERS_TIME_UNREADABLE: {
    status: 400,
    en: 'The column “{column}” does not hold dates, for example “{sample}”. Choose the column with the day of the purchase.',
    ja: '列「{column}」は日付ではありません（例:「{sample}」）。購入日の列を選んでください。',
  },
  CUSTOMERS_NO_DATES: {
    status: 400,
    en: 'No row of {name} could be read: line {line}, column “{column}” holds no date that has one meaning. Where day and month could be exchanged, choose their order (day-first or month-first).',
    ja: '{name} の行を 1 行も読めませんでした。{line} 行目の列「{column}」は日付として一意に読めません。日と月の順序が不明な場合は、順序 (day-first または month-first) を指定してください。',
  },
  CUSTOMERS_NO_NUMBERS: {
    status: 400,
    en: 'No row of {name} could be read: line {line}, column “{column}” holds no number. Choose another column.',
    ja: '{name} の行を 1 行も読めませんでした。{line} 行目の列「{column}」は数値ではありません。別の列を選んでください。',
  },
  CUSTOMERS_ROWS_UNREADABLE: {
    status: 400,
    en: 'No row of {name} could be read: line {line}, column “{column}” is empty, or the row is broken.',
    ja: '{name} の行を 1 行も読めませんでした。{line} 行目の列「{column}」が空か、行が壊れています。',
  },
  CUSTOMERS_NO_PURCHASES: {
    status: 400,
    en: '{name} holds no purchase up to {until}. Rows that are returns: {returns}; later ones: {later}; with an amount beyond a quadrillion: {unreadable}. Choose a later day (until), or another column of amounts.',
    ja: '{name} には {until} までの購入がありません（返品 {returns} 行、それより後 {later} 行、1,000 兆を超える金額 {unreadable} 行）。until を後の日付にするか、金額の列を選び直してください。',
  },
  CUSTOMERS_UNKNOWN: {
    status: 400,
    en: 'There is no customer “{customer}” in {name}. Check the name, or leave it out to see all.',
    ja: '{name} に顧客「{customer}」はいません。名前を確認するか、省略して全員を表示してください。',
  },
});
