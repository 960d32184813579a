import type { Forecast } from '../forecast/types.ts';
import { InvalidInput, requireFraction, requirePositive } from '../invalid-input.ts';
import { normalQuantile } from '../math/normal.ts';

export interface StockNeedOptions {
  /** Steps of the forecast from an order to its arrival, ≥ 0; parts of a step count in part. */
  readonly leadTime: number;
  /** Standard deviation of the lead time in steps, default 0. */
  readonly leadTimeDeviation?: number;
  /** Steps between two orders, default 1. What is ordered now must last until the next order arrives. */
  readonly reviewPeriod?: number;
  /** Probability of no shortage until then, a fraction in (0, 1), default 0.95. */
  readonly serviceLevel?: number;
  /**
   * Correlation of the forecast's errors of different steps, in [0, 1], default 0: errors that last (a level that is wrong) add
   * up instead of evening out. Estimate it from a back-test where the stock is costly.
   */
  readonly errorCorrelation?: number;
  /** In the unit of the forecast, default 0. */
  readonly onHand?: number;
  /** Ordered and not yet there, default 0. */
  readonly onOrder?: number;
  /** Orders are whole multiples of this, default 1 (whole pieces); 0 for any quantity. */
  readonly lotSize?: number;
}

export type StockWarning =
  /** The forecast ends before the order after this one would arrive: its last step was repeated. */
  | 'forecast-too-short'
  /** The forecast has no interval: without one there is no safety stock. */
  | 'no-interval';

export interface StockNeed {
  /** `order`: there is something to order now; `enough`: there is not. */
  readonly status: 'order' | 'enough';
  /** Expected demand until what is ordered now arrives. */
  readonly leadTimeDemand: number;
  /** Expected demand until what is ordered at the next review arrives: lead time and review period. */
  readonly demand: number;
  /** Standard deviation of that demand, from the forecast's interval and the lead time's deviation. */
  readonly deviation: number;
  /** Stock beyond the expected demand that the service level asks for, ≥ 0. */
  readonly safetyStock: number;
  /** At or below this position (on hand and on order) an order is due. */
  readonly reorderPoint: number;
  /** Position that an order fills up to: demand and safety stock. */
  readonly orderUpTo: number;
  /** A multiple of the lot size; 0 where the position is enough. */
  readonly orderQuantity: number;
  /** Of the demand until the next order arrives: what is expected to be missing if nothing is ordered. */
  readonly shortageWithoutOrder: number;
  readonly warnings: readonly StockWarning[];
}

/**
 * What to order now, from a forecast of demand and its interval: a periodic review with an order-up-to level.
 *
 * @param forecast demand a step; negative means count as 0. The first interval tells the deviation of each step.
 * @throws InvalidInput (`leadTime`, `reviewPeriod`, `serviceLevel`, `errorCorrelation`, …)
 *
 * Errors are taken as normal; with a demand of few pieces a step the true quantile is higher than that of a normal law.
 * Source: Silver, Pyke & Thomas (2017), Inventory and Production Management, 6.7 and 6.9; for an uncertain lead time 6.10.
 */
export function stockNeed(forecast: Forecast, options: StockNeedOptions): StockNeed {
  const {
    leadTime,
    leadTimeDeviation = 0,
    reviewPeriod = 1,
    serviceLevel = 0.95,
    errorCorrelation = 0,
    onHand = 0,
    onOrder = 0,
    lotSize = 1,
  } = options;
  requirePositive('leadTime', leadTime, true);
  requirePositive('leadTimeDeviation', leadTimeDeviation, true);
  requirePositive('reviewPeriod', reviewPeriod);
  requireFraction('serviceLevel', serviceLevel);
  requirePositive('lotSize', lotSize, true);
  requirePositive('onOrder', onOrder, true);
  if (!(errorCorrelation >= 0 && errorCorrelation <= 1)) {
    throw new InvalidInput('errorCorrelation', `must be from 0 to 1, got ${errorCorrelation}`);
  }
  if (!Number.isFinite(onHand)) throw new InvalidInput('onHand', `must be finite, got ${onHand}`);
  const h = forecast.mean.length;
  if (h === 0) throw new InvalidInput('forecast', 'must have at least one step');
  const warnings: StockWarning[] = [];
  const cover = leadTime + reviewPeriod;
  if (cover > h) warnings.push('forecast-too-short');
  const interval = forecast.intervals[0];
  if (interval === undefined) warnings.push('no-interval');
  const spread = interval === undefined ? 0 : 2 * normalQuantile((1 + interval.level) / 2);
  const meanAt = (step: number) => Math.max(0, forecast.mean[Math.min(step, h - 1)]!);
  const deviationAt = (step: number) => {
    if (interval === undefined) return 0;
    const at = Math.min(step, h - 1);
    return (interval.upper[at]! - interval.lower[at]!) / spread;
  };
  const over = (periods: number) => {
    let [demand, linear, squared] = [0, 0, 0];
    for (let step = 0; step < periods; step++) {
      const share = Math.min(1, periods - step);
      demand += share * meanAt(step);
      linear += share * deviationAt(step);
      squared += share * deviationAt(step) ** 2;
    }
    const ofErrors = (1 - errorCorrelation) * squared + errorCorrelation * linear ** 2;
    const rate = periods > 0 ? demand / periods : 0;
    return { demand, deviation: Math.sqrt(ofErrors + (rate * leadTimeDeviation) ** 2) };
  };
  const lead = over(leadTime);
  const whole = over(cover);
  // A service level below one half would ask for less than the expected demand: that is no safety stock.
  const z = Math.max(0, normalQuantile(serviceLevel));
  const safetyStock = z * whole.deviation;
  const orderUpTo = whole.demand + safetyStock;
  const position = onHand + onOrder;
  const missing = orderUpTo - position;
  const orderQuantity =
    missing <= 0 ? 0 : lotSize === 0 ? missing : Math.ceil(missing / lotSize - 1e-9) * lotSize;
  return {
    status: orderQuantity > 0 ? 'order' : 'enough',
    leadTimeDemand: lead.demand,
    ...whole,
    safetyStock,
    reorderPoint: lead.demand + z * lead.deviation,
    ...{ orderUpTo, orderQuantity, warnings },
    shortageWithoutOrder: Math.max(0, whole.demand - Math.max(0, position)),
  };
}
