import { expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

it.each([
  ['SERIES_NO_TIME', 'columns'],
  ['SERIES_FILE_BINARY', 'file'],
  ['FORECAST_FILE_NO_VALUES', 'file'],
  ['FORECAST_COUNTRY_UNKNOWN', 'options'],
  ['CUSTOMERS_NO_DATES', 'columns'],
  ['CLUSTERS_NO_NUMBERS', 'columns'],
  ['CUSTOMERS_NO_PURCHASES', 'options'],
  ['STOCK_OPTION_INVALID', 'options'],
  ['JOBS_TIMED_OUT', 'again'],
  [undefined, 'again'],
])('after %s it is: %s', (code, advice) => expect(adviceFor(code)).toBe(advice));
