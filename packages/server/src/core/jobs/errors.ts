import { defineErrors } from '../errors.ts';

/** Failures of the queue itself, and the reasons it records on a job that did not end by itself. */
export const jobsErrors = defineErrors({
  JOBS_NAME_UNKNOWN: {
    status: 500,
    en: 'No kind of task is called {name}. Register it before it is enqueued or scheduled.',
    ja: '{name} というタスクの種類はありません。登録してから実行または予約してください。',
  },
  JOBS_NAME_TAKEN: {
    status: 500,
    en: 'The kind of task {name} is registered twice. Give each kind its own name.',
    ja: 'タスクの種類 {name} が二重に登録されています。種類ごとに別の名前を付けてください。',
  },
  JOBS_PAYLOAD_INVALID: {
    status: 400,
    en: 'The task {name} cannot use its input: {problems}. Correct the input and start it again.',
    ja: 'タスク {name} の入力が正しくありません: {problems}。入力を直して、もう一度実行してください。',
  },
  JOBS_PERIOD_INVALID: {
    status: 500,
    en: 'A schedule repeats after a whole number of milliseconds, 1000 or more; got {everyMs}.',
    ja: '予約の間隔は 1000 以上の整数 (ミリ秒) で指定してください。指定値: {everyMs}',
  },
  JOBS_NOT_FOUND: {
    status: 404,
    en: 'This task does not exist. Finished tasks are removed after a while.',
    ja: 'このタスクはありません。終了したタスクは一定期間後に削除されます。',
  },
  JOBS_NOT_CANCELLABLE: {
    status: 409,
    en: 'This task has already ended, so it cannot be cancelled.',
    ja: 'このタスクはすでに終了しているため、中止できません。',
  },
  JOBS_NOT_RETRYABLE: {
    status: 409,
    en: 'Only a failed or cancelled task can be tried again, and only while no other one does the same work.',
    ja: '再試行できるのは失敗または中止したタスクだけです。同じ処理が待機中または実行中の間は再試行できません。',
  },
  JOBS_FAILED: {
    status: 500,
    retryable: true,
    en: 'The task stopped with an unexpected error. An administrator finds it in the log under the task id.',
    ja: '予期しないエラーでタスクが停止しました。詳細はログにタスク ID とともに記録されています。',
  },
  JOBS_TIMED_OUT: {
    status: 500,
    retryable: true,
    en: 'The task took longer than {seconds} seconds and was stopped.',
    ja: 'タスクが {seconds} 秒以内に終わらなかったため停止しました。',
  },
  JOBS_WORKER_LOST: {
    status: 500,
    retryable: true,
    en: 'The program stopped {count} times while it ran this task. Look in the log for what stopped it.',
    ja: 'このタスクの実行中にプログラムが {count} 回停止しました。停止の原因をログで確認してください。',
  },
  JOBS_CANCELLED: {
    status: 409,
    en: 'The task was cancelled.',
    ja: 'タスクは中止されました。',
  },
  JOBS_STOPPING: {
    status: 503,
    retryable: true,
    en: 'The program is stopping; the task continues after the next start.',
    ja: 'プログラムを停止しています。タスクは次の起動後に続行します。',
  },
  JOBS_LEASE_LOST: {
    status: 503,
    retryable: true,
    en: 'This process did not answer in time, so another one took over the task.',
    ja: 'このプロセスの応答が遅れたため、別のプロセスがタスクを引き継ぎました。',
  },
});
