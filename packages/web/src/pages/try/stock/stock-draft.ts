import type { PointModel } from '@kizashi/series';
import type { AnalysisOptions } from '@kizashi/server/contract/analyses';
import type { z } from 'zod';
import type { FileColumns } from '../file-columns.ts';
import { knownDaysOptions } from '../forecast/options-draft.ts';
import { seriesOptions } from '../series-options.ts';

/** What is typed and chosen before stock is computed. Quantities are a number, or the column whose last value they are. */
export interface StockDraft {
  readonly id: string;
  readonly time: string;
  readonly y: string;
  readonly leadTime: string;
  readonly onHand: string;
  readonly onOrder: string;
  readonly lotSize: string;
  readonly review: number | string;
  /** In percent. */
  readonly service: number | string;
  readonly deviation: number | string;
  /** Between errors of different steps, 0 to 1. */
  readonly correlation: number | string;
  readonly model: PointModel;
  readonly season: number | string;
  /** Two letters. */
  readonly country: string | null;
  /** For prophet, as for a forecast. */
  readonly events: string;
}

export const emptyStockDraft: StockDraft = {
  ...{ id: '', time: '', y: '', leadTime: '7', onHand: '', onOrder: '', lotSize: '1' },
  ...{ review: 7, service: 95, deviation: 0, correlation: 0 },
  ...{ model: 'auto', season: '', country: null, events: '' },
};

const ON_HAND = /(?:^|[ _-])(?:stock|inventory|on[ _-]?hand)$|在庫(?:数|量)?$/i;
const ON_ORDER = /^(?:on[ _-]?order|ordered)$|発注(?:残|済)/i;
const LEAD_TIME = /^lead[ _-]?(?:time|days)?$|リードタイム|調達日数/i;

/** With the columns of this file that are called as such quantities are, where none was named. */
export function guessStockDraft(draft: StockDraft, { columns }: FileColumns): StockDraft {
  const guess = (value: string, called: RegExp) => {
    const isOfAnother = columns.length > 0 && value !== '' && !isNumber(value);
    const kept = isOfAnother && !columns.includes(value.trim()) ? '' : value;
    return kept === '' ? (columns.find((column) => called.test(column)) ?? '') : kept;
  };
  const leadTime = columns.find((column) => LEAD_TIME.test(column));
  return {
    ...draft,
    onHand: guess(draft.onHand, ON_HAND),
    onOrder: guess(draft.onOrder, ON_ORDER),
    // A number is there from the start: only that one gives way to a column.
    leadTime:
      leadTime !== undefined && draft.leadTime === emptyStockDraft.leadTime
        ? leadTime
        : draft.leadTime,
  };
}

export function stockOptions(draft: StockDraft): z.input<AnalysisOptions['stock']> {
  const { review, service, deviation, correlation, model } = draft;
  return {
    ...seriesOptions(draft),
    ...knownDaysOptions(draft),
    model,
    leadTime: quantity(draft.leadTime) ?? 0,
    ...defined('onHand', quantity(draft.onHand)),
    ...defined('onOrder', quantity(draft.onOrder)),
    ...defined('lotSize', quantity(draft.lotSize)),
    ...(typeof review === 'number' && { reviewPeriod: review }),
    ...(typeof service === 'number' && { serviceLevel: service / 100 }),
    ...(typeof deviation === 'number' && { leadTimeDeviation: deviation }),
    ...(typeof correlation === 'number' && { errorCorrelation: correlation }),
  };
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function quantity(text: string): number | string | undefined {
  if (text.trim() === '') return undefined;
  return isNumber(text) ? Number(text) : text.trim();
}

function defined<Name extends string, T>(name: Name, value: T | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: T };
}
