import { defineErrors } from '../errors.ts';

/** What can be wrong with a question about stock; what is wrong with the forecast is among the errors of `forecast`. */
export const stockErrors = defineErrors({
  STOCK_OPTION_INVALID: {
    status: 400,
    en: 'An option of the stock is wrong: {reason}',
    ja: '在庫の指定が正しくありません: {reason}',
  },
  STOCK_COLUMN_VALUE_INVALID: {
    status: 400,
    en: 'The last value of the column “{column}” cannot be used for the series “{series}”: {reason}',
    ja: '列「{column}」の最後の値は系列「{series}」に使えません: {reason}',
  },
});
