import { defineErrors } from '../errors.ts';

/** What can be wrong with a file whose rows are to be grouped; what is wrong with any file is among the errors of `series-source`. */
export const clustersErrors = defineErrors({
  CLUSTERS_NO_NUMBERS: {
    status: 400,
    en: 'The column “{column}” holds no numbers, for example “{sample}”. Choose columns of quantities.',
    ja: '列「{column}」に数値がありません（例:「{sample}」）。数量の列を選んでください。',
  },
  CLUSTERS_NO_COMPLETE_ROW: {
    status: 400,
    en: 'No row of {name} has a number in each of {columns}. Leave out the column with the most gaps.',
    ja: '{name} に、{columns} のすべてが数値の行がありません。欠測の多い列を外してください。',
  },
  CLUSTERS_TOO_MANY_ROWS: {
    status: 400,
    en: 'The method {method} takes at most {limit} rows, and there are {rows}. Choose k-means.',
    ja: '手法 {method} は {limit} 行までです（{rows} 行あります）。k-means を選んでください。',
  },
});
