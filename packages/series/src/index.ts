/** The public names of @kizashi/series. */
export {
  BUCKET_SEASON,
  type Bucket,
  bucketStart,
  bucketStarts,
  chooseBucket,
  nextBucketStart,
} from './calendar/bucket.ts';
export {
  type CivilDate,
  civilDate,
  dayNumber,
  isoDate,
  monthStart,
  parseIsoDate,
} from './calendar/day.ts';
export {
  type FiscalDate,
  fiscalDate,
  fiscalHalfLabel,
  fiscalQuarterStart,
  fiscalYearLabel,
  fiscalYearStart,
} from './calendar/fiscal.ts';
export { type Language, weekdayLabel } from './calendar/language.ts';
export { compactNumber, groupedNumber, manUnits, moneyText } from './calendar/number-format.ts';
export {
  PERIOD_PRESETS,
  type Period,
  type PeriodContext,
  type PeriodPreset,
  presetPeriod,
  presetPreviousPeriod,
  previousPeriod,
} from './calendar/period.ts';
export { createZoneCalendar, type ZoneCalendar } from './calendar/time-zone.ts';
export { type Wareki, wareki } from './calendar/wareki.ts';
export {
  type IsoWeek,
  isoWeek,
  isoWeekLabel,
  startOfWeek,
  type WeekStart,
} from './calendar/week.ts';
export type {
  Fit,
  FittedModel,
  Forecast,
  PredictionInterval,
  SeriesWarning,
  WarningCode,
} from './forecast/types.ts';
export { InvalidInput } from './invalid-input.ts';
