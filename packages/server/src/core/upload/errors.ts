import { defineErrors } from '../errors.ts';

export const uploadErrors = defineErrors({
  UPLOAD_EMPTY: {
    status: 400,
    en: 'The file {name} is empty. Choose a file with a header row and at least one row of data.',
    ja: 'ファイル {name} は空です。見出し行と 1 行以上のデータがあるファイルを選んでください。',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    en: 'The file is larger than {limitMb} MB. Split it, or ask an administrator to raise KIZASHI_UPLOAD_LIMIT_MB.',
    ja: 'ファイルが {limitMb} MB を超えています。分割するか、管理者に KIZASHI_UPLOAD_LIMIT_MB の変更を依頼してください。',
  },
  UPLOAD_INTERRUPTED: {
    status: 400,
    retryable: true,
    en: 'The upload broke off before its end; nothing was kept. Upload the file again.',
    ja: 'アップロードが途中で切れました。何も保存していません。もう一度アップロードしてください。',
  },
  UPLOAD_DISK_FULL: {
    status: 507,
    en: 'The disk is full; nothing was kept of this file. Free some space, then try again.',
    ja: 'ディスクの空き容量が足りません。このファイルは保存していません。空きを作ってから再試行してください。',
  },
});
