import { defineErrors } from '../errors.ts';

export const forecastErrors = defineErrors({
  FORECAST_NO_HISTORY: {
    status: 422,
    en: 'There are no complete {bucket} values of {measure} in this selection to forecast from. Widen the period or remove filters.',
    ja: 'この条件では {measure} の予測に使える値がありません。期間を広げるか、絞り込みを解除してください。',
  },
});
