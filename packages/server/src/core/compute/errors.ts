import { defineErrors } from '../errors.ts';

export const computeErrors = defineErrors({
  COMPUTE_TASK_FAILED: {
    status: 500,
    en: 'A calculation failed: {reason}',
    ja: '計算に失敗しました: {reason}',
  },
  COMPUTE_WORKER_DIED: {
    status: 500,
    retryable: true,
    en: 'A calculation ended unexpectedly ({reason}). Its thread was replaced; try again.',
    ja: '計算が予期せず終了しました ({reason})。スレッドは再起動されました。再試行してください。',
  },
});
