import type { ChartCell, ChartTable } from '../../../charts/chart-table.ts';
import type { RecommendFound } from './recommend-document.ts';

/** Both lists of every customer for programs, a row for each item. */
export function listsCsvTable({ customers }: RecommendFound): ChartTable {
  return {
    columns: columns(['customer', 'list', 'place', 'item', 'score', 'times', 'because']),
    rows: customers.flatMap(({ id, buyAgain, discover }) => [
      ...buyAgain.map(({ item, score, times }, i): ChartCell[] => [
        ...[id, 'buy-again', i + 1, item, score, times, null],
      ]),
      ...discover.map(({ item, score, because }, i): ChartCell[] => [
        ...[id, 'discover', i + 1, item, score, null, because],
      ]),
    ]),
  };
}

/** The rules for programs. */
export function rulesCsvTable({ rules }: RecommendFound): ChartTable {
  return {
    columns: columns(['antecedent', 'consequent', 'count', 'support', 'confidence', 'lift']),
    rows: rules.map(({ antecedent, consequent, count, support, confidence, lift }) => [
      ...[antecedent.join(' + '), consequent, count, support, confidence, lift],
    ]),
  };
}

function columns(names: readonly string[]): ChartTable['columns'] {
  return names.map((name) => ({ key: name, title: name, text: String, numeric: false }));
}
