import { holidayDays } from '@kizashi/series';
import { namedHolidays } from '../../core/holidays/named-holidays.ts';
import { featuresErrors } from './errors.ts';

/** Of the holidays that runs and extracts look at. */
export const FIRST_HOLIDAY_YEAR = 1970;

/**
 * Public holidays of a country from 1 January of one year to 31 December of another, as days since 1970-01-01, ascending.
 *
 * @param country ISO 3166 code
 * @throws FEATURES_COUNTRY_UNKNOWN
 */
export async function holidaysOf(
  country: string,
  fromYear: number,
  toYear: number,
): Promise<readonly number[]> {
  const holidays = await namedHolidays(country, fromYear, toYear);
  if (holidays === null) throw featuresErrors.FEATURES_COUNTRY_UNKNOWN({ country });
  return holidayDays(holidays);
}
