import { defineErrors } from '../../../core/errors.ts';

export const scanErrors = defineErrors({
  DOWNLOADS_SCAN_PATH: {
    status: 400,
    en: 'There is no file or folder {path} to scan, or it may not be read ({reason}). Check the path.',
    ja: '検査するファイルまたはフォルダー {path} がないか、読み取れません（{reason}）。パスを確認してください。',
  },
});
