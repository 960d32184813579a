import type { RunBody } from '../contract.ts';
import { FIRST_HOLIDAY_YEAR, holidaysOf } from '../holidays.ts';
import { plannedSets } from './planned-set.ts';

/**
 * What can be wrong with a run whatever the series are, so that it is told before hours of reading them.
 * @throws as `plannedSets`, and FEATURES_COUNTRY_UNKNOWN
 */
export async function checkRun(options: RunBody): Promise<void> {
  plannedSets(options);
  await holidaysOf(options.country, FIRST_HOLIDAY_YEAR, FIRST_HOLIDAY_YEAR);
}
