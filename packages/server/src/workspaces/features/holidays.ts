import { featuresErrors } from './errors.ts';

const DAY = 86_400_000;
/** What the package of Japanese holidays covers; the days are those of the Cabinet Office, one-off moves included. */
const JAPAN_YEARS = { from: 1970, to: 2050 } as const;

/**
 * Public holidays of a country from 1 January of one year to 31 December of another, as days since 1970-01-01, ascending.
 * Packages are loaded only where they are asked for.
 *
 * @param country ISO 3166 code
 * @throws FEATURES_COUNTRY_UNKNOWN
 */
export async function holidaysOf(
  country: string,
  fromYear: number,
  toYear: number,
): Promise<readonly number[]> {
  if (country === 'JP') return japanese(fromYear, toYear);
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays();
  if (!(country in calendar.getCountries())) {
    throw featuresErrors.FEATURES_COUNTRY_UNKNOWN({ country });
  }
  calendar.init(country);
  const days = new Set<number>();
  for (let year = fromYear; year <= toYear; year++) {
    for (const { date, type } of calendar.getHolidays(year)) {
      if (type === 'public') days.add(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY);
    }
  }
  return ascending(days);
}

async function japanese(fromYear: number, toYear: number): Promise<readonly number[]> {
  const { default: module } = await import('@holiday-jp/holiday_jp');
  const from = Math.max(fromYear, JAPAN_YEARS.from);
  const to = Math.min(toYear, JAPAN_YEARS.to);
  const days = new Set<number>();
  for (const date of Object.keys(module.holidays)) {
    const year = Number(date.slice(0, 4));
    if (year >= from && year <= to) days.add(Date.parse(`${date}T00:00:00Z`) / DAY);
  }
  return ascending(days);
}

function ascending(days: ReadonlySet<number>): readonly number[] {
  return [...days].sort((a, b) => a - b);
}
