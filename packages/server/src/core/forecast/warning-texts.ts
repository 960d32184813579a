import type { SeriesWarning, WarningCode } from '@kizashi/series';
import type { Locale } from '../errors.ts';

type Values = SeriesWarning['values'];

const percent = (fraction: number | undefined) => `${Math.round((fraction ?? 0) * 1000) / 10}%`;

/** The library speaks English; these are the same sentences in Japanese. */
export const japaneseWarnings: Readonly<Record<WarningCode, (v: Values) => string>> = {
  'all-missing': (v) => `${v.n} 個の値がすべて欠けているため予測できません。`,
  empty: () => '値がないため予測できません。',
  'single-value': () =>
    '値が 1 個だけのため、その値を繰り返しています。ばらつきは分からず、区間に幅がありません。',
  'too-short-for-season': (v) =>
    `${v.n} 個の値では周期 ${v.m} を推定できないため、季節性を考慮していません。`,
  'too-short-for-backtest': (v) =>
    `${v.n} 個の値では ${v.h} 期先の予測を検証できないため、モデルの選択は未検証です。`,
  'too-short-for-model': (v) =>
    `${v.n} 個の値ではこのモデルに足りないため、より単純なモデルを使いました。`,
  constant: (v) => `すべての値が ${v.value} のため、その値を繰り返しています。`,
  'missing-filled': (v) => `${v.n} 個のうち ${v.filled} 個の欠損値を補いました。`,
  'not-positive': () => '正でない値があるため、加法モデルだけを試しました。',
  'not-converged': (v) => `推定は収束前に ${v.iterations} 回で打ち切られました。`,
  'seasonal-naive-not-beaten': (v) =>
    `${v.folds} 回の検証で季節ナイーブ予測を上回るモデルがなかったため、それを使っています。`,
  'seasonal-naive-ahead': (v) =>
    `${v.folds} 回の検証で季節ナイーブ予測を上回るモデルはありませんでしたが、検証が少ないため平均の一部としてだけ使っています。`,
  'models-left-out': (v) =>
    `検証の作業量の上限（${v.work}）のため、${v.left} 個のモデルは試していません。`,
  'clamped-at-zero': (v) => `負になった ${v.steps} 期の予測を 0 にしました。`,
  'intervals-from-model': (v) =>
    `${percent(v.level)} の水準には過去の誤差が ${v.residuals} 個しかないため、区間はおもにモデルから求めました。`,
  'under-covered': (v) =>
    `${percent(v.level)} 区間に入った過去の値は ${percent(v.coverage)} でした。`,
  'season-too-long': (v) =>
    `周期 ${v.m} はこのモデルには長すぎるため（上限 ${v.limit}）、あらかじめ季節性を除きました。`,
  'beyond-growth-limits': (v) =>
    `${v.n} 個の値のうち ${v.beyond} 個が成長の上限より上か下限より下にあり、曲線が届きません。上限・下限を広げてください。`,
  'closed-seasons': (v) => `${v.m} 個ごとに ${v.closed} 個はつねに 0 のため、予測も 0 としました。`,
  'outliers-replaced': (v) =>
    `${v.n} 個のうち ${v.outliers} 個が前後から大きく外れていたため、置き換えてからモデルを推定しました。`,
  'duplicates-combined': (v) => `日時が重複する ${v.rows} 行を 1 つにまとめました。`,
  'times-rounded': (v) => `通常の間隔から外れた ${v.rows} 個の日時を、最も近い位置にそろえました。`,
  'irregular-times': (v) =>
    `${v.rows} 個の値の日時に一定の間隔がないため、${v.n} 個の期間に集計しました。`,
  gaps: (v) => `${v.n} 個の日時のうち ${v.gaps} 個に値がありません。`,
  'closed-days': (v) => `値のない休日 ${v.days} 日を除きました。今後の休日も同様に除きます。`,
  'rows-out-of-order': (v) => `日時の順でない ${v.rows} 行を並べ替えました。`,
  'rows-without-time': (v) => `日時のない ${v.rows} 行を除きました。`,
  'rows-without-values': (v) =>
    `最後の値より後の ${v.rows} 行には値がないため、将来の行として扱いました。`,
  'columns-unused': (v) =>
    `${v.columns} 個の説明列は使いませんでした。モデルが対応していないか、将来の値がありません。`,
};

/** @param warning of the library, or `values-refused` with the library's words */
export function warningText(
  warning: SeriesWarning | { readonly code: 'values-refused'; readonly message: string },
  locale: Locale,
): string {
  if (locale === 'en') return warning.message;
  return warning.code === 'values-refused'
    ? `この系列の値または日時は予測に使えません（${warning.message}）。`
    : japaneseWarnings[warning.code](warning.values);
}
