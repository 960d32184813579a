import { defineErrors } from '../errors.ts';

export const analyticsErrors = defineErrors({
  ANALYTICS_UNAVAILABLE: {
    status: 503,
    retryable: true,
    en: 'The analytics engine has stopped and is being started again. Nothing was lost; try again shortly.',
    ja: '分析エンジンが停止したため再起動しています。データは失われていません。しばらくしてから再試行してください。',
  },
  ANALYTICS_FAILED: {
    status: 500,
    en: 'The analytics engine could not answer: {reason}',
    ja: '分析エンジンが回答できませんでした: {reason}',
  },
});
