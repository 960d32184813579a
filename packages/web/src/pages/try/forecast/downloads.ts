import { type ChartCell, type ChartTable, tableCsv } from '../../../charts/chart-table.ts';
import { forecastOf, pointsOf, type SeriesDocument } from './documents.ts';

/** The forecasts of all series for programs: a row for each series and step, names as in the JSON. */
export function forecastCsv(document: SeriesDocument): string {
  const forecasts = [...document.keys()].map((id) => [id, forecastOf(document, id)!] as const);
  const levels = [...new Set(forecasts.flatMap(([, one]) => Object.keys(one.lower)))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const ends = levels.flatMap((level) => [`lower_${level}`, `upper_${level}`]);
  return csv(
    ['series', 'model', 't', 'mean', ...ends],
    forecasts.flatMap(([id, { model, t, mean, lower, upper }]) =>
      t.map((time, i) => [
        id,
        model,
        time,
        mean[i] ?? null,
        ...levels.flatMap((level) => [lower[level]?.[i] ?? null, upper[level]?.[i] ?? null]),
      ]),
    ),
  );
}

/** The anomalies of all series; reasons by their codes. */
export function anomaliesCsv(document: SeriesDocument): string {
  const rows = [...document.keys()].flatMap((id) =>
    (pointsOf(document, id) ?? [])
      .filter(({ anomaly }) => anomaly)
      .map(({ t, y, lower, upper, score, reasons = [] }) => [
        id,
        t,
        y,
        lower,
        upper,
        score,
        reasons.map(({ code, points }) => `${code}:${points}`).join(' '),
      ]),
  );
  return csv(['series', 't', 'y', 'lower', 'upper', 'score', 'reasons'], rows);
}

/** As `kizashi forecast FILE --json` prints it. */
export function documentJson(document: SeriesDocument): string {
  const members = [...document].map(([id, one]) => `${JSON.stringify(id)}:${JSON.stringify(one)}`);
  return `{"series":{${members.join(',')}}}\n`;
}

function csv(names: readonly string[], rows: ChartTable['rows']): string {
  const text = (cell: ChartCell) => String(cell);
  const columns = names.map((name) => ({ key: name, title: name, text, numeric: false }));
  return tableCsv({ columns, rows });
}
