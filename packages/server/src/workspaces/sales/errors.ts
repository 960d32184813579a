import { defineErrors } from '../../core/errors.ts';

export const salesErrors = defineErrors({
  SALES_PERIOD_INVALID: {
    status: 400,
    en: 'The period ends on {to}, before it begins on {from}, or is longer than 150 years. Choose it again.',
    ja: '期間の終わり {to} が始まり {from} より前か、150 年を超えています。期間を選び直してください。',
  },
  SALES_UPLOAD_NOT_FOUND: {
    status: 404,
    en: 'The uploaded file is no longer there. Upload it again.',
    ja: 'アップロードしたファイルが見つかりません。もう一度アップロードしてください。',
  },
  SALES_UPLOAD_BINARY: {
    status: 400,
    en: 'The file {name} is no text file ({kind}). Save it as CSV (UTF-8) first, then upload that.',
    ja: 'ファイル {name} はテキストではありません ({kind})。CSV (UTF-8) で保存し直してからアップロードしてください。',
  },
  SALES_MAPPING_INVALID: {
    status: 400,
    en: 'The import cannot be started: {problems}',
    ja: '取り込みを開始できません: {problems}',
  },
  SALES_DUPLICATE_FILE: {
    status: 409,
    en: 'The same file was already imported as “{name}”. Undo that import first, or choose to store it a second time.',
    ja: '同じファイルは「{name}」として取り込み済みです。先に取り消すか、重複して保存することを選んでください。',
  },
  SALES_CURRENCY_DIFFERS: {
    status: 409,
    en: 'The stored sales are in {stored}, this file is in {currency}. All sales share one currency: undo the other imports first, or choose {stored}.',
    ja: '保存済みの売上は {stored}、このファイルは {currency} です。通貨は 1 つだけです。他の取り込みを取り消すか、{stored} を選んでください。',
  },
  SALES_CURRENCY_DIFFERS_DEMO: {
    status: 409,
    en: 'The demo data are in {stored}, this file is in {currency}. Remove the demo (undo the import “{name}”), then start this import.',
    ja: 'デモデータは {stored}、このファイルは {currency} です。デモ (「{name}」) を取り消してから、取り込みを開始してください。',
  },
  SALES_IMPORT_NOT_FOUND: {
    status: 404,
    en: 'There is no such import.',
    ja: 'この取り込みは存在しません。',
  },
  SALES_IMPORT_NOT_UNDOABLE: {
    status: 409,
    en: 'Only a finished import can be undone; this one is “{state}”.',
    ja: '完了した取り込みだけを取り消せます。現在の状態は「{state}」です。',
  },
  SALES_IMPORT_ENDED: {
    status: 409,
    en: 'The import has already ended (“{state}”), so it cannot be cancelled.',
    ja: '取り込みは終了しているため (「{state}」)、中止できません。',
  },
  SALES_IMPORT_FAILED: {
    status: 500,
    en: 'The import stopped: {reason}. Nothing of it counts. Try again; if it happens again, tell the administrator.',
    ja: '取り込みが停止しました: {reason}。データは反映されていません。再試行し、繰り返す場合は管理者に連絡してください。',
  },
  SALES_NO_REJECTED_ROWS: {
    status: 404,
    en: 'This import has no file of rejected rows.',
    ja: 'この取り込みには、却下された行のファイルがありません。',
  },
});
