import { defineErrors } from '../errors.ts';

export const forecastErrors = defineErrors({
  FORECAST_NO_HISTORY: {
    status: 422,
    en: 'There are no complete {bucket} values of {measure} in this selection to forecast from. Widen the period or remove filters.',
    ja: 'この条件では {measure} の予測に使える値がありません。期間を広げるか、絞り込みを解除してください。',
  },
  FORECAST_FILE_NO_VALUES: {
    status: 422,
    en: 'No series of {name} could be forecast. The first reason: {reason}',
    ja: '{name} の系列を 1 つも予測できませんでした。最初の理由: {reasonJa}',
  },
  FORECAST_OPTION_INVALID: {
    status: 400,
    en: 'An option of the forecast is wrong: {reason}',
    ja: '予測の指定が正しくありません: {reason}',
  },
  FORECAST_COUNTRY_UNKNOWN: {
    status: 400,
    en: 'No holidays are known of “{country}”. Give a country as two letters, such as JP or US.',
    ja: '「{country}」の祝日は登録されていません。JP や US のように国を 2 文字で指定してください。',
  },
  FORECAST_FUTURE_IN_PAST: {
    status: 400,
    en: 'A row of {name} is not after the last value of the series “{series}”. Rows of the future must come after it.',
    ja: '{name} に、系列「{series}」の最後の値より前の行があります。将来の行は最後の値より後にしてください。',
  },
  FORECAST_EVENTS_INVALID: {
    status: 400,
    en: 'Line {line} of {name} is no event: {reason}.',
    ja: '{name} の {line} 行目をイベントとして読めません: {reasonJa}。',
  },
  FORECAST_EVENTS_UNUSED: {
    status: 400,
    en: 'The model {model} knows no events. Choose prophet, or leave the events out.',
    ja: 'モデル {model} はイベントを扱えません。prophet を選ぶか、イベントを指定しないでください。',
  },
});
