import { rowErrorTexts } from '../../../core/csv/row-error-text.ts';
import type { Locale } from '../../../core/errors.ts';
import type { Columns } from '../../../core/series-source/layout.ts';
import type { ReadSeries } from '../../../core/series-source/read-series.ts';
import type { Source } from '../../../core/series-source/source.ts';
import type { SeriesFacts, ValidationReport } from '../contract.ts';
import { factsOf } from './series-facts.ts';

/** Series listed one by one. */
const LISTED_SERIES = 1000;
/** Rejected rows listed one by one. */
const LISTED_REJECTIONS = 100;

/** What was found in a source, from one pass over its series. Nothing is stored. */
export function validationReport(
  source: Source,
  columns: Columns,
  read: ReadSeries,
  locale: Locale,
): ValidationReport {
  const sums = { points: 0, missing: 0, infinite: 0, duplicates: 0, unsorted: 0, gaps: 0 };
  const frequencies: Record<string, number> = {};
  const series: SeriesFacts[] = [];
  const groups = new Set<string>();
  let constantSeries = 0;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const spooled of read.spool.drain()) {
    const facts = factsOf(read.names[spooled.series]!, spooled, columns.timeKind);
    groups.add(facts.loto);
    sums.points += facts.n;
    sums.missing += facts.missing;
    sums.infinite += facts.infinite;
    sums.duplicates += facts.duplicates;
    sums.unsorted += facts.unsorted;
    sums.gaps += facts.gaps;
    if (facts.constant) constantSeries++;
    frequencies[facts.frequency] = (frequencies[facts.frequency] ?? 0) + 1;
    from = Math.min(from, facts.first);
    to = Math.max(to, facts.last);
    if (series.length < LISTED_SERIES) series.push(facts);
  }
  const texts: Readonly<Record<string, { en: string; ja: string }>> = rowErrorTexts;
  return {
    name: source.name,
    text: source.text && {
      encoding: source.text.encoding,
      delimiter: source.text.delimiter,
      hasHeader: source.text.hasHeader,
    },
    layout: layoutNames(source, columns),
    timeKind: columns.timeKind,
    rowsRead: read.rowsRead,
    rowsRejected: read.rowsRejected,
    rejected: read.rejected.slice(0, LISTED_REJECTIONS).map((row) => ({
      ...row,
      message: texts[row.code]?.[locale] ?? row.code,
    })),
    seriesCount: read.names.length,
    groups: [...groups],
    ...sums,
    constantSeries,
    range: from > to ? null : { from, to },
    frequencies,
    mixedFrequencies: Object.keys(frequencies).filter((name) => name !== 'none').length > 1,
    series,
  };
}

function layoutNames(source: Source, columns: Columns): ValidationReport['layout'] {
  const name = (index: number): string => source.columns[index]!;
  const { values } = columns;
  return {
    form: values.kind,
    loto: columns.loto === null ? null : name(columns.loto),
    id: columns.id === null ? null : name(columns.id),
    time: name(columns.time),
    values:
      values.kind === 'wide'
        ? values.columns.map((column) => name(column.index))
        : [name(values.column)],
    exogenous: columns.exogenous.map((column) => column.name),
  };
}
