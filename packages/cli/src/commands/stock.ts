import { availableParallelism } from 'node:os';
import { POINT_MODELS, type PointModel } from '@kizashi/series';
import type { FileStock } from '@kizashi/server/command-line/stock';
import { type Command, Option } from 'commander';
import { type CommonOptions, type Context, say, subcommand } from '../context.ts';
import { interruptible } from '../interruptible.ts';
import { anyNumberOption, numberOption } from '../number-option.ts';
import { table } from '../output.ts';
import { createSeriesDocument, noticeRejected } from '../series-document.ts';
import {
  addSeriesLayoutOptions,
  type SeriesLayoutOptions,
  seriesLayoutOf,
} from '../series-layout.ts';
import { usageErrors } from '../usage-errors.ts';

interface StockOptions extends CommonOptions, SeriesLayoutOptions {
  readonly leadTime: string;
  readonly leadTimeDeviation: string;
  readonly review: string;
  readonly serviceLevel: string;
  readonly errorCorrelation: string;
  readonly onHand: string;
  readonly onOrder: string;
  readonly lotSize: string;
  readonly model: PointModel;
  readonly season?: string;
  readonly country?: string;
  readonly alone?: boolean;
  readonly events?: string;
}

/** `kizashi stock FILE`: what to order of each series, and when; without server or database. */
export function stockCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(context, 'stock', {
    en: 'What to order, from the demand in a CSV or Parquet file: reorder point, safety stock, quantity',
    ja: 'CSV・Parquet ファイルの需要から、発注点・安全在庫・発注量を求める',
  }).argument('<file>');
  addSeriesLayoutOptions(context, command);
  return command
    .requiredOption(
      '--lead-time <steps|column>',
      text(
        'from an order to its arrival, in steps of the file; a number, or the column whose last value it is',
        '発注から入荷まで（ファイルの間隔で数える）。数値、または最後の値を使う列名',
      ),
    )
    .option(
      '--lead-time-deviation <steps>',
      text('standard deviation of the lead time', 'リードタイムの標準偏差'),
      '0',
    )
    .option('--review <steps>', text('from one order to the next', '発注の間隔'), '1')
    .option(
      '--service-level <percent>',
      text('probability of no shortage until the next order arrives', '欠品しない確率（%）'),
      '95',
    )
    .option(
      '--error-correlation <fraction>',
      text('of the forecast errors of different steps, 0 to 1', '予測誤差どうしの相関（0〜1）'),
      '0',
    )
    .option('--on-hand <n|column>', text('stock there is', '手持ち在庫（数値か列名）'), '0')
    .option('--on-order <n|column>', text('ordered, not yet there', '発注残（数値か列名）'), '0')
    .option(
      '--lot-size <n|column>',
      text('orders are multiples of this; 0: any quantity', '発注単位（数値か列名）。0 は任意の量'),
      '1',
    )
    .addOption(
      new Option('--model <name>', text('method', '手法')).choices(POINT_MODELS).default('auto'),
    )
    .option('--season <steps>', text('season length; default: found', '周期の長さ（既定: 自動）'))
    .option('--country <code>', text('holidays of a country (JP, US …)', '祝日の国（JP など）'))
    .option(
      '--alone',
      text(
        'safety stock from the past of each series alone; default: of ten or more series together',
        '安全在庫を系列ごとの誤差だけで求める（既定: 10 系列以上ならまとめて）',
      ),
    )
    .option('--events <file>', text('events for prophet', 'prophet が使うイベントのファイル'))
    .action((file: string, options: StockOptions) => stockAction(context, file, options));
}

async function stockAction(context: Context, file: string, options: StockOptions): Promise<void> {
  // Loaded here: no other command needs the numerics.
  const { readEvents } = await import('@kizashi/server/command-line/forecast');
  const { stockChoicesSchema, stockFile } = await import('@kizashi/server/command-line/stock');
  const layout = seriesLayoutOf(context, options);
  const number = (name: string, value: string, min: number, max: number) =>
    numberOption(context, name, value, { min, max });
  /** A number for all series, or a column. */
  const quantity = (name: string, value: string, min = 0, max = 1e12) =>
    Number.isNaN(Number(value)) ? value.trim() : number(name, value, min, max);
  const choices = stockChoicesSchema.parse({
    leadTime: quantity('lead-time', options.leadTime, 0, 5000),
    leadTimeDeviation: number('lead-time-deviation', options.leadTimeDeviation, 0, 5000),
    reviewPeriod: number('review', options.review, 1e-3, 5000),
    serviceLevel: number('service-level', options.serviceLevel, 1, 99.99) / 100,
    errorCorrelation: number('error-correlation', options.errorCorrelation, 0, 1),
    onHand: quantity('on-hand', options.onHand, -1e12),
    onOrder: quantity('on-order', options.onOrder),
    lotSize: quantity('lot-size', options.lotSize),
  });
  const m = anyNumberOption(context, 'season', options.season);
  const write = options.json ? createSeriesDocument(context) : createStockText(context);
  const summary = await interruptible(context, (stopSignal) =>
    usageErrors(context, async () =>
      stockFile({
        ...{ file, layout, choices, stopSignal },
        threads: availableParallelism(),
        pooled: !options.alone,
        forecast: {
          model: options.model,
          timeZone: layout.timeZone,
          ...(m === undefined ? {} : { m }),
        },
        ...(options.country !== undefined && { country: options.country.toUpperCase() }),
        ...(options.events !== undefined && { events: await readEvents(options.events, layout) }),
        onSeries: (id, tell) => write.series(id, tell(context.locale)),
      }),
    ),
  );
  write.end();
  noticeRejected(context, summary.rowsRejected);
}

/** One table at the end: its columns are as wide as the widest of all series. */
function createStockText(context: Context) {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const number = new Intl.NumberFormat(context.locale, { maximumFractionDigits: 1 });
  const rows = [
    [
      text('series', '系列'),
      text('order', '発注量'),
      text('reorder point', '発注点'),
      text('safety stock', '安全在庫'),
      text('demand', '予測需要'),
      text('on hand', '手持ち'),
      text('on order', '発注残'),
      text('model', 'モデル'),
    ],
  ];
  const warnings: string[] = [];
  return {
    series(id: string, found: FileStock): void {
      const { stock } = found;
      rows.push(
        stock === null
          ? [id, '—', '—', '—', '—', '—', '—', text('no forecast', '予測なし')]
          : [
              id,
              number.format(stock.orderQuantity),
              number.format(stock.reorderPoint),
              number.format(stock.safetyStock),
              number.format(stock.demand),
              number.format(stock.onHand),
              number.format(stock.onOrder),
              found.model,
            ],
      );
      for (const { message } of found.warnings) warnings.push(`! ${id}: ${message}`);
    },
    end(): void {
      context.line(table(rows));
      for (const warning of warnings) context.line(warning);
    },
  };
}
