import { defineErrors } from '../errors.ts';

export const alertsErrors = defineErrors({
  ALERTS_RULE_NOT_FOUND: {
    status: 404,
    en: 'There is no such rule. It may have been removed; reload the list.',
    ja: 'このルールはありません。削除された可能性があります。一覧を再読み込みしてください。',
  },
  ALERTS_ALERT_NOT_FOUND: {
    status: 404,
    en: 'There is no such alert.',
    ja: 'このアラートはありません。',
  },
  ALERTS_MEASURE_UNKNOWN: {
    status: 422,
    en: 'There is no measure {measure} that you may see. Choose one of those that GET /api/measures lists.',
    ja: '閲覧できる指標 {measure} はありません。GET /api/measures の一覧から選んでください。',
  },
  ALERTS_CHANNEL_UNKNOWN: {
    status: 422,
    en: 'A chosen notification channel does not exist any more. Choose the channels anew.',
    ja: '選択した通知先の一部が存在しません。通知先を選び直してください。',
  },
  ALERTS_NO_DATA: {
    status: 422,
    en: 'The measure has no complete {bucket} to check yet.',
    ja: '評価できる期間のデータがまだありません。',
  },
  ALERTS_CHECK_FAILED: {
    status: 500,
    en: 'The check stopped with an unexpected error. It is tried again with the next one; an administrator finds the cause in the log under the rule id.',
    ja: '予期しないエラーで評価できませんでした。次回の評価で再試行します。原因はログにルール ID とともに記録されています。',
  },
});
