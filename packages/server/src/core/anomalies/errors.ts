import { defineErrors } from '../errors.ts';

export const anomaliesErrors = defineErrors({
  ANOMALIES_OPTION_INVALID: {
    status: 400,
    en: 'An option of the detector is wrong: {reason}',
    ja: '検知の指定が正しくありません: {reason}',
  },
});
