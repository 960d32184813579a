import { defineErrors } from '../../../core/errors.ts';

export const analyticsErrors = defineErrors({
  DOWNLOADS_RANGE_INVALID: {
    status: 400,
    en: 'The range of time is wrong: “from” must be before “to”, and at most {days} days before it.',
    ja: '期間が正しくありません。「from」は「to」より前で、{days} 日以内にしてください。',
  },
});
