import { defineErrors } from './errors.ts';

/** Failures that belong to no single part of the core. */
export const coreErrors = defineErrors({
  CONFIG_INVALID: {
    status: 500,
    en: 'Settings are wrong:\n  {problems}',
    ja: '設定に誤りがあります:\n  {problemsJa}',
  },
  CONFIG_UNREADABLE: {
    status: 500,
    en: 'The settings file {path} cannot be read: {reason}',
    ja: '設定ファイル {path} を読めません: {reason}',
  },
  CONFIG_SYNTAX: {
    status: 500,
    en: 'The settings file {path} cannot be understood at line {line}, column {column} ({problem}). Write one `setting: value` per line, and quote values that hold special characters.',
    ja: '設定ファイル {path} の {line} 行 {column} 文字目を解釈できません ({problem})。「設定名: 値」を 1 行に 1 つ書き、特殊文字を含む値は引用符で囲んでください。',
  },
  PORT_IN_USE: {
    status: 500,
    en: 'Port {port} is in use. Stop the other program or set KIZASHI_PORT to a free port.',
    ja: 'ポート {port} は使用中です。他のプログラムを止めるか、KIZASHI_PORT に空いているポートを指定してください。',
  },
  DATA_FOLDER_UNWRITABLE: {
    status: 500,
    en: 'The data folder {path} cannot be written: {reason}. Make it writable or set KIZASHI_DATA.',
    ja: 'データフォルダー {path} に書き込めません: {reason}。書き込めるようにするか、KIZASHI_DATA を設定してください。',
  },
  DATA_FOLDER_IN_USE: {
    status: 500,
    en: 'Kizashi already runs on the data folder {path}: process {pid} on {host}, since {since}. Stop it first, or set KIZASHI_DATA to another folder.',
    ja: 'データフォルダー {path} では Kizashi がすでに稼働しています（{host} のプロセス {pid}、{since} から）。先にそれを停止するか、KIZASHI_DATA に別のフォルダーを指定してください。',
  },
  REDIS_REQUIRED: {
    status: 500,
    en: 'Roles are split over processes ({roles}); set KIZASHI_REDIS_URL so that they can share jobs and live messages.',
    ja: '役割が複数のプロセスに分かれています ({roles})。ジョブと通知を共有するため KIZASHI_REDIS_URL を設定してください。',
  },
  INTERNAL: {
    status: 500,
    en: 'Something went wrong on our side. It has been logged under the request id.',
    ja: 'サーバー側で問題が発生しました。リクエスト ID とともに記録されています。',
  },
  REQUEST_INVALID: {
    status: 400,
    en: 'The request is not valid. See the fields for what to change.',
    ja: 'リクエストが正しくありません。各項目の説明を確認してください。',
  },
  NOT_FOUND: {
    status: 404,
    en: 'There is nothing at this address.',
    ja: 'このアドレスには何もありません。',
  },
  BODY_TOO_LARGE: {
    status: 413,
    en: 'The request is larger than the limit of {limit}. Send less at once, or ask an administrator to raise KIZASHI_BODY_LIMIT_MB.',
    ja: 'リクエストが上限 {limit} を超えています。分けて送信するか、管理者に KIZASHI_BODY_LIMIT_MB の変更を依頼してください。',
  },
  READ_ONLY: {
    status: 507,
    retryable: true,
    en: 'Nothing can be saved at the moment: the database cannot be written. Nothing was changed. Ask who runs Kizashi to look at its disk and log.',
    ja: 'データベースに書き込めないため、現在は保存できません。変更は行われていません。Kizashi の管理者にディスクとログの確認を依頼してください。',
  },
  UNAVAILABLE: {
    status: 503,
    retryable: true,
    en: 'The database cannot be reached at the moment. Nothing was lost; try again shortly.',
    ja: '現在データベースに接続できません。データは失われていません。しばらくしてから再試行してください。',
  },
});
