import { defineErrors } from '../errors.ts';

export const analysesErrors = defineErrors({
  ANALYSES_NOT_FOUND: {
    status: 404,
    en: 'There is no such analysis of yours. It may have been removed, for they are kept for some days only.',
    ja: '該当する分析がありません。保存期間が過ぎて削除された可能性があります。',
  },
  ANALYSES_NOT_DONE: {
    status: 409,
    en: 'The analysis has no result ({state}). Wait until it is done, or start it again.',
    ja: '分析の結果がありません（{state}）。完了を待つか、もう一度実行してください。',
  },
  ANALYSES_OPTIONS_INVALID: {
    status: 400,
    en: 'The options of the analysis are wrong: {problems}',
    ja: '分析の指定が正しくありません: {problems}',
  },
});
