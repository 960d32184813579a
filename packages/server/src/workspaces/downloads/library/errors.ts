import { defineErrors } from '../../../core/errors.ts';

export const libraryErrors = defineErrors({
  DOWNLOADS_FILE_NOT_FOUND: {
    status: 404,
    en: 'There is no such file in the library.',
    ja: 'このファイルはライブラリーにありません。',
  },
  DOWNLOADS_FILE_QUARANTINED: {
    status: 409,
    en: 'The file is in quarantine and is given to nobody. A person who may release files can let it out.',
    ja: 'ファイルは隔離されているため取得できません。解放の権限を持つ人が隔離を解除できます。',
  },
  DOWNLOADS_FILE_NOT_QUARANTINED: {
    status: 409,
    en: 'The file is not in quarantine.',
    ja: 'ファイルは隔離されていません。',
  },
  DOWNLOADS_FILE_MISSING: {
    status: 410,
    en: 'The file is no longer in the library folder. Download it again, or remove its entry.',
    ja: 'ファイルがライブラリーフォルダーにありません。再度ダウンロードするか、登録を削除してください。',
  },
  DOWNLOADS_FILE_CHANGED: {
    status: 409,
    en: 'The file is no longer what was downloaded: its SHA-256 is another. Remove it and download it again.',
    ja: 'ファイルの内容がダウンロード時と異なります（SHA-256 不一致）。削除して再度ダウンロードしてください。',
  },
  DOWNLOADS_NO_PREVIEW: {
    status: 404,
    en: 'There is no preview of this file.',
    ja: 'このファイルのプレビューはありません。',
  },
  DOWNLOADS_TEMPLATE_UNKNOWN: {
    status: 400,
    en: 'The template of names holds {placeholder}, which is nothing. There are: {known}',
    ja: 'パスのテンプレートにある {placeholder} は使えません。使えるもの: {known}',
  },
  DOWNLOADS_TEMPLATE_NO_FILE: {
    status: 400,
    en: 'The template of names has to end with the file: {file} belongs into its last part, and only there.',
    ja: 'パスのテンプレートの最後の部分に {file} を（1 か所だけ）含めてください。',
  },
  DOWNLOADS_TEMPLATE_SHAPE: {
    status: 400,
    en: 'The template of names has to be a path below the library: at most {limit} parts separated by /, none of them empty, “.” or “..”.',
    ja: 'パスのテンプレートはライブラリーからの相対パスで指定してください（/ 区切りで {limit} 階層まで、空や「.」「..」は不可）。',
  },
  DOWNLOADS_LIBRARY_UNWRITABLE: {
    status: 507,
    retryable: true,
    en: 'The library folder {folder} cannot be written ({reason}). Make it writable or set KIZASHI_DOWNLOADS_FOLDER.',
    ja: 'ライブラリーフォルダー {folder} に書き込めません ({reason})。書き込めるようにするか、KIZASHI_DOWNLOADS_FOLDER を設定してください。',
  },
  DOWNLOADS_LIBRARY_LINK: {
    status: 409,
    en: '{path} in the library is a symbolic link or no folder. Nothing is written through it. Remove it.',
    ja: 'ライブラリー内の {path} はシンボリックリンクか、フォルダーではありません。その先には書き込みません。取り除いてください。',
  },
});
