import { availableParallelism } from 'node:os';
import type { ForecastPointsOptions, PointModel, StepName } from '@kizashi/series';
import type { FileForecast } from '@kizashi/server/command-line/forecast';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { type CommonOptions, type Context, say } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { interruptible } from '../interruptible.ts';
import { anyNumberOption } from '../number-option.ts';
import { table } from '../output.ts';
import { createSeriesDocument, noticeRejected } from '../series-document.ts';
import {
  addSeriesLayoutOptions,
  type SeriesLayoutOptions,
  seriesLayoutOf,
} from '../series-layout.ts';
import { usageErrors } from '../usage-errors.ts';

export interface ForecastFileOptions extends CommonOptions, SeriesLayoutOptions {
  readonly h: string;
  readonly model: PointModel;
  readonly level: string;
  readonly season?: string;
  readonly country?: string;
  readonly events?: string;
  readonly step?: StepName;
  readonly combine?: 'mean';
  readonly gaps?: 'missing';
  readonly exogenous?: string;
  readonly future?: string;
  readonly intervals?: 'conformal';
  readonly alone?: boolean;
  readonly growth?: 'linear';
  readonly cap?: string;
  readonly floor?: string;
  readonly mode?: 'additive';
  readonly changepointScale?: string;
  readonly negative?: boolean;
  readonly nonNegative?: boolean;
  readonly integer?: boolean;
  readonly seed?: string;
}

/** Steps shown of a series without --json. */
const SHOWN_STEPS = 12;

/** Options that a file's forecast has besides those of a measure's. */
export function addFileOptions(context: Context, command: Command): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const choice = (flags: string, en: string, ja: string, values: readonly string[]) =>
    command.addOption(new Option(flags, text(en, ja)).choices(values));
  addSeriesLayoutOptions(context, command);
  command
    .option(
      '--season <steps>',
      text('file: season length in steps; default: found', 'ファイル: 周期の長さ（既定: 自動）'),
    )
    .option(
      '--country <code>',
      text(
        'file: holidays of a country (JP, US …), for prophet and for series of business days',
        'ファイル: 祝日の国（JP など）。prophet と営業日の系列で使用',
      ),
    );
  command.option(
    '--events <file>',
    text(
      'file: events for prophet: date, name and window (2: days before and after; -1:3) in each row',
      'ファイル: prophet が使うイベントのファイル。各行に date、name、必要なら window（2 は前後 2 日、-1:3 も可）',
    ),
  );
  choice('--step <unit>', 'file: default: found', 'ファイル: 間隔（既定: 自動）', [
    ...['second', 'minute', 'hour', 'day', 'business-day', 'week', 'month', 'quarter', 'year'],
  ]);
  choice(
    '--combine <how>',
    'file: values of the same time; default: mean',
    'ファイル: 同じ日時の値のまとめ方（既定: mean）',
    ['mean', 'sum', 'last', 'first', 'min', 'max'],
  );
  choice(
    '--gaps <what>',
    'file: times without a value are missing, or zero; default: missing',
    'ファイル: 値のない日時の扱い（既定: missing）',
    ['missing', 'zero'],
  );
  command
    .option(
      '--exogenous <a,b>',
      text(
        'file: columns that prophet and arima may use; values to come stand in rows without a value, or in --future',
        'ファイル: prophet・arima が使う説明列。将来の値は、値のない行か --future で渡す',
      ),
    )
    .option(
      '--future <file>',
      text(
        'file: times and exogenous columns of the future',
        'ファイル: 将来の日時と説明列のファイル',
      ),
    );
  choice(
    '--intervals <kind>',
    'file: from past errors (conformal) or from the model; default: conformal, for prophet model',
    'ファイル: 区間の求め方（既定: conformal、prophet は model）',
    ['conformal', 'model'],
  );
  command.option(
    '--alone',
    text(
      'file: intervals from the past of each series alone; default: of ten or more series together',
      'ファイル: 区間を系列ごとの誤差だけで求める（既定: 10 系列以上ならまとめて）',
    ),
  );
  choice('--growth <kind>', 'prophet: default linear', 'prophet: 成長の形（既定: linear）', [
    'linear',
    'logistic',
    'flat',
  ]);
  choice('--mode <kind>', 'prophet: of seasons and holidays', 'prophet: 季節・祝日の効き方', [
    'additive',
    'multiplicative',
  ]);
  return command
    .option('--cap <value>', text('prophet: limit of logistic growth', 'prophet: 成長の上限'))
    .option('--floor <value>', text('prophet: start of logistic growth', 'prophet: 成長の下限'))
    .option(
      '--changepoint-scale <value>',
      text(
        'prophet: how easily the trend bends; default 0.05',
        'prophet: トレンドの曲がりやすさ（既定: 0.05）',
      ),
    )
    .option(
      '--non-negative',
      text(
        'file: never below zero; default: where no value is',
        'ファイル: 0 未満にしない（既定: 負の値がない系列）',
      ),
    )
    .option('--negative', text('file: may fall below zero', 'ファイル: 0 未満も許す'))
    .option(
      '--integer',
      text('file: whole numbers: interval ends are rounded outwards', 'ファイル: 整数として扱う'),
    )
    .option('--seed <n>', text('file: of what is drawn by chance', 'ファイル: 乱数の種'));
}

/** `kizashi forecast FILE`: every series of a file, without server or database. */
export async function forecastFileAction(
  context: Context,
  file: string,
  options: ForecastFileOptions,
): Promise<void> {
  // Loaded here: a forecast of a measure does not need it.
  const { forecastFile, readEvents } = await import('@kizashi/server/command-line/forecast');
  const exogenous = options.exogenous?.split(',').map((name) => name.trim());
  const layout = seriesLayoutOf(context, options, { exogenous: exogenous ?? [] });
  const forecast = pointsOptions(context, options);
  const write = options.json ? createSeriesDocument(context) : createForecastText(context);
  const summary = await interruptible(context, (stopSignal) =>
    usageErrors(context, async () =>
      forecastFile({
        ...{ file, layout, forecast, stopSignal },
        threads: availableParallelism(),
        pooled: !options.alone,
        ...(options.country !== undefined && { country: options.country.toUpperCase() }),
        ...(options.events !== undefined && { events: await readEvents(options.events, layout) }),
        ...(options.future !== undefined && { future: options.future }),
        onSeries: (id, tell) => write.series(id, tell(context.locale)),
      }),
    ),
  );
  write.end();
  noticeRejected(context, summary.rowsRejected);
}

/** `80,95` and `0.8,0.95` as fractions. @throws CommandError NUMBER_INVALID */
export function levelsOf(context: Context, text: string): number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    const level = value > 1 ? value / 100 : value;
    if (part.trim() !== '' && level > 0 && level < 1) return level;
    throw new CommandError(
      'NUMBER_INVALID',
      say(context, {
        en: `--level: write percents between 0 and 100, such as 80,95, not “${part}”.`,
        ja: `--level: 80,95 のように 0 から 100 の間で指定してください（「${part}」は使えません）。`,
      }),
      exitCodes.usage,
    );
  });
}

function pointsOptions(context: Context, options: ForecastFileOptions): ForecastPointsOptions {
  const number = (name: string, text: string | undefined) => anyNumberOption(context, name, text);
  const { step, combine, gaps, intervals, growth, mode, timeZone } = options;
  const given = defined({
    m: number('season', options.season),
    step,
    combine,
    gaps,
    intervals,
    timeZone,
    nonNegative: options.nonNegative ? true : options.negative ? false : undefined,
    integer: options.integer,
  });
  const seed = number('seed', options.seed);
  const additive = defined({
    growth,
    mode,
    cap: number('cap', options.cap),
    floor: number('floor', options.floor),
    changepointPriorScale: number('changepoint-scale', options.changepointScale),
    seed,
  });
  return {
    h: number('h', options.h)!,
    model: options.model,
    levels: levelsOf(context, options.level),
    ...given,
    additive,
    lstm: defined({ seed }),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined. */
function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

function createForecastText(context: Context) {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const number = new Intl.NumberFormat(context.locale, { maximumSignificantDigits: 6 });
  const percent = new Intl.NumberFormat(context.locale, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  let together = 1;
  return {
    series(id: string, forecast: FileForecast): void {
      if (forecast.model !== null) together = Math.max(together, forecast.intervals.series);
      context.line(`\n${id} — ${forecast.model ?? text('no forecast', '予測なし')}`);
      if (forecast.model !== null) {
        const levels = Object.keys(forecast.lower);
        const rows = forecast.mean
          .slice(0, SHOWN_STEPS)
          .map((mean, i) => [
            String(forecast.t[i]),
            number.format(mean),
            ...levels.map(
              (level) =>
                `${number.format(forecast.lower[level]![i]!)} – ${number.format(forecast.upper[level]![i]!)}`,
            ),
          ]);
        const heading = [
          forecast.step,
          text('forecast', '予測'),
          ...levels.map((level) => `${level} %`),
        ];
        context.line(table([heading, ...rows]));
        const more = forecast.mean.length - rows.length;
        if (more > 0) {
          context.line(
            text(`… and ${more} more: --json for all.`, `ほか ${more} 件（--json で表示）`),
          );
        }
        const { backtest } = forecast;
        if (backtest !== null && backtest.mae !== null && backtest.seasonalNaive.mae) {
          const share = percent.format(backtest.mae / backtest.seasonalNaive.mae);
          const mae = number.format(backtest.mae);
          context.line(
            text(
              `Back-test at ${backtest.origins} origins: MAE ${mae}, ${share} of the seasonal naive's.`,
              `バックテスト（${backtest.origins} 時点）: MAE ${mae}、季節ナイーブの ${share}。`,
            ),
          );
        }
      }
      for (const warning of forecast.warnings) context.line(`! ${warning.message}`);
    },
    end(): void {
      if (together === 1) return;
      context.line(
        text(
          `\nThe widths of the intervals come from the past errors of ${together} series together; --alone: of each by itself.`,
          `\n区間の幅は ${together} 系列の過去の誤差をまとめて求めました（--alone で系列ごと）。`,
        ),
      );
    },
  };
}
