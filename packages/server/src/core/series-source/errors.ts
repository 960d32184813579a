import { defineErrors } from '../errors.ts';

/** What can be wrong with a file or table of series. */
export const seriesSourceErrors = defineErrors({
  SERIES_FILE_MISSING: {
    status: 400,
    en: 'There is no file {name}. Check the path.',
    ja: 'ファイル {name} がありません。パスを確認してください。',
  },
  SERIES_FILE_EMPTY: {
    status: 400,
    en: '{name} holds no rows. A header and at least one row with a time and a value are needed.',
    ja: '{name} に行がありません。見出しと、日時と値のある行が 1 行以上必要です。',
  },
  SERIES_FILE_BINARY: {
    status: 400,
    en: '{name} is neither text nor Parquet ({kind}). Save it as CSV or Parquet first.',
    ja: '{name} はテキストでも Parquet でもありません ({kind})。CSV か Parquet で保存し直してください。',
  },
  SERIES_COLUMN_UNKNOWN: {
    status: 400,
    en: 'There is no column “{column}”. The columns are: {columns}',
    ja: '列「{column}」はありません。列: {columns}',
  },
  SERIES_COLUMN_TWICE: {
    status: 400,
    en: 'The column “{column}” is used for two things. Use it for one.',
    ja: '列「{column}」が 2 つの用途に使われています。1 つにしてください。',
  },
  SERIES_NO_TIME: {
    status: 400,
    en: 'No column of {columns} looks like a time. Name it (time), or several that make one, such as year,month.',
    ja: '日時らしい列が見つかりません（列: {columns}）。time で列名を指定してください（「年,月」のように複数の列も可）。',
  },
  SERIES_TIME_UNREADABLE: {
    status: 400,
    en: 'The column “{column}” holds neither dates nor whole numbers, for example “{sample}”. Choose the column with the times.',
    ja: '列「{column}」は日付でも整数でもありません（例:「{sample}」）。日時の列を選んでください。',
  },
  SERIES_NO_VALUES: {
    status: 400,
    en: 'No column of {columns} looks like values. Name it (y), or the columns that are series (series), or the one with lists of numbers (numbers).',
    ja: '値らしい列が見つかりません（列: {columns}）。値の列 (y)、系列ごとの列 (series)、または数字の並びの列 (numbers) を指定してください。',
  },
  SERIES_NOTHING_READ: {
    status: 400,
    en: 'No row of {name} could be read. The first reason: line {line}, {reason}',
    ja: '{name} の行を 1 行も読めませんでした。最初の理由: {line} 行目、{reason}',
  },
  SERIES_TOO_MANY: {
    status: 400,
    en: 'More than {limit} different series. Is “{column}” really the column that names the series?',
    ja: '系列が {limit} を超えています。「{column}」は系列名の列ですか?',
  },
  SERIES_PARQUET_UNREADABLE: {
    status: 400,
    en: '{name} cannot be read as Parquet: {reason}',
    ja: '{name} を Parquet として読めません: {reason}',
  },
  SERIES_TABLE_REFUSED: {
    status: 400,
    en: 'The table “{table}” may not be read. An administrator names tables that may in KIZASHI_FEATURES_TABLES.',
    ja: 'テーブル「{table}」は読み取れません。管理者が KIZASHI_FEATURES_TABLES に登録したテーブルだけを読めます。',
  },
  SERIES_LAYOUT_INVALID: {
    status: 400,
    en: 'The choice of columns is wrong: {problems}',
    ja: '列の指定が正しくありません: {problems}',
  },
});
