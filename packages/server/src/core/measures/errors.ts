import { defineErrors } from '../errors.ts';

export const measuresErrors = defineErrors({
  MEASURE_UNKNOWN: {
    status: 404,
    en: 'There is no measure {measure} that you may see. GET /api/measures lists them.',
    ja: '閲覧できる指標 {measure} はありません。GET /api/measures で一覧を確認してください。',
  },
  MEASURE_FILTER_INVALID: {
    status: 400,
    en: 'filter: must be dimension:value with one of {dimensions}, got {filter}',
    ja: 'filter: 「次元:値」で指定してください（次元: {dimensions}）。指定値: {filter}',
  },
  MEASURE_PERIOD_INVALID: {
    status: 400,
    en: 'The period ends on {to}, before it begins on {from}. Exchange the two.',
    ja: '期間の終わり {to} が始まり {from} より前です。入れ替えてください。',
  },
});
