import { defineErrors } from '../../../core/errors.ts';

export const queueErrors = defineErrors({
  DOWNLOADS_JOB_NOT_FOUND: {
    status: 404,
    en: 'There is no such download job.',
    ja: 'このダウンロードジョブは存在しません。',
  },
  DOWNLOADS_ITEM_NOT_FOUND: {
    status: 404,
    en: 'There is no such download.',
    ja: 'このダウンロードは存在しません。',
  },
  DOWNLOADS_JOB_STATE: {
    status: 409,
    en: 'The job is {state}, so that cannot be done.',
    ja: 'ジョブの状態が「{state}」のため、この操作はできません。',
  },
  DOWNLOADS_ITEM_STATE: {
    status: 409,
    en: 'The download is {state}, so that cannot be done.',
    ja: 'ダウンロードの状態が「{state}」のため、この操作はできません。',
  },
  DOWNLOADS_JOB_OPEN: {
    status: 409,
    en: 'The job has not ended. Cancel it first.',
    ja: 'ジョブがまだ終わっていません。先にキャンセルしてください。',
  },
  DOWNLOADS_TOO_MANY_ITEMS: {
    status: 400,
    en: 'A job holds at most {limit} files. Split it.',
    ja: '1 つのジョブに含められるのは {limit} ファイルまでです。分割してください。',
  },
  DOWNLOADS_BARRIER: {
    status: 403,
    en: 'The source does not give this file out now: {barrier}. Look at its page; a token with access may be needed.',
    ja: '配布元はこのファイルを現在提供していません: {barrier}。配布ページを確認してください。アクセス権のあるトークンが必要な場合があります。',
  },
});
