import { pointProgram } from './point-kernel.ts';

/**
 * Sine and cosine of a part of a turn, by polynomials: what devices bring may be wrong in the fourth digit. Error below 2e-7.
 */
const CIRCLE = /* wgsl */ `
const LAST_DAY = 100000000;
// Of x eighths of a turn at most, in radians.
fn near_sine(x: f32) -> f32 {
  let s = x * x;
  return x * (1.0 + s * (-1.6666667e-1 + s * (8.3333333e-3 + s * (-1.9841270e-4 + s * 2.7557319e-6))));
}
fn near_cosine(x: f32) -> f32 {
  let s = x * x;
  return 1.0 + s * (-0.5 + s * (4.1666667e-2 + s * (-1.3888889e-3 + s * 2.4801587e-5)));
}
// Of −1/2 … 1 turns: (sine, cosine).
fn circle(turn: f32) -> vec2f {
  let quarter = round(turn * 4.0);
  let x = (turn - quarter * 0.25) * 6.2831853;
  let s = near_sine(x);
  let c = near_cosine(x);
  switch (i32(quarter) & 3) {
    case 0: { return vec2f(s, c); }
    case 1: { return vec2f(c, -s); }
    case 2: { return vec2f(-s, -c); }
    default: { return vec2f(-c, s); }
  }
}
fn put_circle(at: u32, column: u32, turn: f32) {
  let point = circle(turn);
  put(at, column, point.x);
  put(at, column + 1u, point.y);
}
fn no_day(day: i32) -> bool { return day > LAST_DAY || day < -LAST_DAY; }
`;

/** Columns: sine and cosine of the month, the day of the month, of the week and of the year. */
export const calendarCircles = pointProgram(/* wgsl */ `${CIRCLE}
fn floor_div(a: i32, b: i32) -> i32 { return select(a / b, (a - b + 1) / b, a < 0); }
// Days since 1970-01-01 of the first of March of a year.
fn march(year: i32) -> i32 {
  return 365 * year + floor_div(year, 4) - floor_div(year, 100) + floor_div(year, 400) - 719468;
}
fn is_leap(year: i32) -> bool { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

fn compute(at: u32) {
  let day = i32(places[at]);
  if (no_day(day)) {
    for (var column = 0u; column < 8u; column++) { none(at, column); }
    return;
  }
  // Years that begin in March, so that the day that may be missing comes last.
  let since = day + 719468;
  let era = floor_div(since, 146097);
  let in_era = since - era * 146097;
  let year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  let year = year_of_era + era * 400;
  let from_march = day - march(year);
  let month_from_march = (5 * from_march + 2) / 153;
  let month_start = (153 * month_from_march + 2) / 5;
  let month = select(month_from_march + 2, month_from_march - 10, month_from_march > 9);
  let calendar_year = select(year, year + 1, month < 2);
  let leap = is_leap(calendar_year);
  let february = select(28, 29, leap);
  let next_start = select((153 * (month_from_march + 1) + 2) / 5, month_start + february, month == 1);
  let year_days = select(365, 366, leap);
  let day_of_year = select(from_march + 31 + february, from_march - 306, month < 2);
  let weekday = (((day + 3) % 7) + 7) % 7;
  put_circle(at, 0u, f32(month) / 12.0);
  put_circle(at, 2u, f32(from_march - month_start) / f32(next_start - month_start));
  put_circle(at, 4u, f32(weekday) / 7.0);
  put_circle(at, 6u, f32(day_of_year) / f32(year_days));
}`);

/** own: number of terms; table: order / period of each, as a fraction of 64 bits. Columns for each term: sine, cosine. */
export const fourierTerms = pointProgram(/* wgsl */ `${CIRCLE}
// The upper half of a product of 64 bits.
fn high_product(a: u32, b: u32) -> u32 {
  let a0 = a & 0xffffu;
  let a1 = a >> 16u;
  let b0 = b & 0xffffu;
  let b1 = b >> 16u;
  let middle = a1 * b0 + ((a0 * b0) >> 16u);
  let carry = (middle & 0xffffu) + a0 * b1;
  return a1 * b1 + (middle >> 16u) + (carry >> 16u);
}

fn compute(at: u32) {
  let day = i32(places[at]);
  for (var k = 0u; k < task.own.x; k++) {
    if (no_day(day)) {
      none(at, 2u * k);
      none(at, 2u * k + 1u);
      continue;
    }
    // Whole turns fall off at the upper end: day · order / period, of which 32 bits are kept.
    let high = table[2u * k];
    let low = table[2u * k + 1u];
    let size = u32(abs(day));
    let phase = size * high + high_product(size, low);
    let turn = f32(bitcast<i32>(phase)) * 2.3283064365386963e-10;
    put_circle(at, 2u * k, select(turn, -turn, day < 0));
  }
}`);
