import { ANOMALY_METHODS, type AnomalyReason, type AnomalyReasonCode } from '@kizashi/series';
import type { DetectChoices, DetectedPoint } from '@kizashi/server/command-line/anomalies';
import { type Command, Option } from 'commander';
import { type CommonOptions, type Context, say, subcommand } from '../context.ts';
import type { Text } from '../locale.ts';
import { table } from '../output.ts';
import { noticeRejected } from '../series-document.ts';
import {
  addSeriesLayoutOptions,
  type SeriesLayoutOptions,
  seriesLayoutOf,
} from '../series-layout.ts';
import { usageErrors } from '../usage-errors.ts';

interface AnomaliesOptions extends CommonOptions, SeriesLayoutOptions {
  readonly method: DetectChoices['method'] & string;
  readonly threshold?: string;
  readonly level?: string;
  readonly season?: string;
}

/** Points written at once. */
const BATCH = 1000;

/** `kizashi anomalies FILE`: every value judged by the values before it, without server or database. */
export function anomaliesCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(context, 'anomalies', {
    en: 'Anomalies in the series of a CSV or Parquet file, each value judged by those before it',
    ja: 'CSV・Parquet ファイルの系列から異常を検知する（各値をそれ以前の値だけで判定）',
  }).argument('<file>');
  return addSeriesLayoutOptions(context, command)
    .addOption(
      new Option('--method <name>', text('detector', '検知の手法'))
        .choices(ANOMALY_METHODS)
        .default('ensemble'),
    )
    .option(
      '--threshold <score>',
      text('score of an anomaly, in (0, 1); default 0.5', '異常とするスコア、0〜1（既定: 0.5）'),
    )
    .option(
      '--level <fraction>',
      text(
        'share of usual values in the expected range; default 0.99',
        '予想範囲に入る割合（既定: 0.99）',
      ),
    )
    .option(
      '--season <points>',
      text('season length in points; default: the clock', '周期の点数（既定: 時刻と曜日）'),
    )
    .action(async (file: string, options: AnomaliesOptions) => {
      // Loaded here: no other command needs the numerics.
      const { detectFile } = await import('@kizashi/server/command-line/anomalies');
      const layout = seriesLayoutOf(context, options);
      const write = options.json ? jsonWriter(context) : textWriter(context);
      const summary = await usageErrors(context, () =>
        detectFile({ file, layout, choices: choicesOf(options), onSeries: write.series }),
      );
      write.end();
      noticeRejected(context, summary.rowsRejected);
    });
}

/** As typed; what is no number is refused with its name by the detector. */
function choicesOf({ method, threshold, level, season }: AnomaliesOptions): DetectChoices {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  return {
    method,
    ...(threshold !== undefined && { threshold: number(threshold) }),
    ...(level !== undefined && { level: number(level) }),
    ...(season !== undefined && { m: number(season) }),
  };
}

interface Writer {
  series(id: string, points: readonly DetectedPoint[], named: boolean): void;
  end(): void;
}

/** `{"points":[…]}`, or `{"series":{"<id>":{"points":[…]}}}` where the file names its series; written piece by piece. */
function jsonWriter({ line }: Context): Writer {
  let before = '';
  let after = '{"points":[]}';
  return {
    series(id, points, named) {
      line(named ? `${before || '{"series":{'}${JSON.stringify(id)}:{"points":[` : '{"points":[');
      for (let from = 0; from < points.length; from += BATCH) {
        const batch = points.slice(from, from + BATCH).map((point) => JSON.stringify(point));
        line(`${batch.join(',\n')}${from + BATCH < points.length ? ',' : ''}`);
      }
      line(named ? ']}' : ']');
      before = ',';
      after = named ? '}}' : '}';
    },
    end: () => line(after),
  };
}

const REASONS: Readonly<Record<AnomalyReasonCode, (points: string) => Text>> = {
  high: (n) => ({ en: `unusually high over ${n}`, ja: `${n}の値がふだんより高い` }),
  low: (n) => ({ en: `unusually low over ${n}`, ja: `${n}の値がふだんより低い` }),
  rise: (n) => ({ en: `rise within ${n}`, ja: `${n}のうちに上昇` }),
  fall: (n) => ({ en: `fall within ${n}`, ja: `${n}のうちに下降` }),
  'high-for-the-time': (n) => ({
    en: `high for this time over ${n}`,
    ja: `${n}の値がこの時間帯としては高い`,
  }),
  'low-for-the-time': (n) => ({
    en: `low for this time over ${n}`,
    ja: `${n}の値がこの時間帯としては低い`,
  }),
  'new-shape': (n) => ({ en: `course of ${n} never seen before`, ja: `${n}の動きが過去にない形` }),
  restless: (n) => ({
    en: `unusually restless over ${n}`,
    ja: `${n}の細かな動きがふだんより大きい`,
  }),
  still: (n) => ({
    en: `unusually still over ${n}`,
    ja: `${n}の細かな動きがふだんより小さい`,
  }),
  'above-forecast': () => ({ en: 'above the forecast', ja: '予測を上回る' }),
  'below-forecast': () => ({ en: 'below the forecast', ja: '予測を下回る' }),
  changed: (n) => ({ en: `level or spread changed ${n} ago`, ja: `${n}前から水準か振れ幅が変化` }),
};

function textWriter(context: Context): Writer {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const number = new Intl.NumberFormat(context.locale, { maximumSignificantDigits: 6 });
  const cell = (value: number | null) => (value === null ? '—' : number.format(value));
  const reason = ({ code, points }: AnomalyReason) =>
    say(
      context,
      REASONS[code](text(points === 1 ? '1 point' : `${points} points`, `直近 ${points} 点`)),
    );
  return {
    series(id, points, named) {
      const found = points.filter(({ anomaly }) => anomaly);
      const counted = text(
        `${found.length} anomalies in ${points.length} points`,
        `${points.length} 点のうち異常 ${found.length} 件`,
      );
      context.line(named ? `\n${id}: ${counted}` : counted);
      if (found.length === 0) return;
      const heading = [
        text('time', '日時'),
        text('value', '値'),
        text('expected range', '予想範囲'),
        text('score', 'スコア'),
        text('why', '理由'),
      ];
      const rows = found.map((point) => [
        String(point.t),
        cell(point.y),
        `${cell(point.lower)} – ${cell(point.upper)}`,
        point.score.toFixed(2),
        (point.reasons ?? []).map(reason).join(text('; ', '、')),
      ]);
      context.line(table([heading, ...rows]));
    },
    end: () => {},
  };
}
