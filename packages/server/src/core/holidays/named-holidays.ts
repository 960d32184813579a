import type { Holiday } from '@kizashi/series';

const DAY = 86_400_000;
/** What the package of Japanese holidays covers; the days are those of the Cabinet Office, one-off moves included. */
const JAPAN_YEARS = { from: 1970, to: 2050 } as const;

/**
 * Public holidays of a country from 1 January of one year to 31 December of another, in order of days, by English name for Japan
 * and by the country's own elsewhere. A day can have several. Packages are loaded only where they are asked for.
 *
 * @param country ISO 3166 code
 * @returns null for a country that nothing is known of
 */
export async function namedHolidays(
  country: string,
  fromYear: number,
  toYear: number,
): Promise<readonly Holiday[] | null> {
  if (country === 'JP') return japanese(fromYear, toYear);
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays();
  if (!(country in calendar.getCountries())) return null;
  calendar.init(country);
  const found: Holiday[] = [];
  for (let year = fromYear; year <= toYear; year++) {
    for (const { date, type, name } of calendar.getHolidays(year)) {
      if (type === 'public') found.push({ day: dayOf(date.slice(0, 10)), name });
    }
  }
  return inOrder(found);
}

async function japanese(fromYear: number, toYear: number): Promise<readonly Holiday[]> {
  const { default: module } = await import('@holiday-jp/holiday_jp');
  const from = Math.max(fromYear, JAPAN_YEARS.from);
  const to = Math.min(toYear, JAPAN_YEARS.to);
  return inOrder(
    Object.entries(module.holidays).flatMap(([date, { name_en }]) => {
      const year = Number(date.slice(0, 4));
      return year >= from && year <= to ? [{ day: dayOf(date), name: name_en }] : [];
    }),
  );
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

function inOrder(holidays: readonly Holiday[]): readonly Holiday[] {
  return holidays.toSorted((a, b) => a.day - b.day);
}
