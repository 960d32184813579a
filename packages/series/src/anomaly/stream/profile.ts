const DAY_MS = 86_400_000;
/** Quarters of an hour. */
const DAY_PLACES = 96;
/** Values of one weekday that weigh as much as the general profile. */
const SHRINKAGE = 3;
/** Memory of a place and of a weekday's place, in visits. */
const VISITS = 256;
const WEEKDAY_VISITS = 64;
/** Memory of how well the profile predicts: half of it is of the last 1,400 points. */
const FADING = 0.9995;

/** What the place in the season lets expect of a running series. */
export interface Profile {
  /**
   * Deviation from the mean that is usual at this time, as far as such deviations came true so far (0 where they do not help,
   * or the place is new).
   */
  at(time: number): number;
  /** Mean of all values. */
  mean(): number;
  learn(value: number, time: number): void;
  /** A value did not come: the next place in the season is up. */
  pass(): void;
}

/**
 * Means by the time of the day and, on top of them and shrunk towards them, by the weekday; or by the place in a season of m
 * points. How much they are trusted is measured: each value is predicted before it is learnt, and the slope of the deviations that
 * came over those that were predicted, between 0 and 1, is the part that is believed.
 *
 * @param m season length in points; then times are not looked at. Left out: the clock (UTC) decides.
 *
 * Cost: O(1). 1,536 doubles at most; 2m with a season.
 */
export function createProfile(m?: number): Profile {
  const places = m ?? DAY_PLACES;
  const weekdays = m === undefined ? 7 : 1;
  const mean = new Float64Array(places);
  const visits = new Float64Array(places);
  const extra = new Float64Array(m === undefined ? places * weekdays : 0);
  const extraVisits = new Float64Array(extra.length);
  let n = 0;
  let position = 0;
  let level = 0;
  let squares = 0;
  let products = 0;

  const placeOf = (time: number): number => {
    if (m !== undefined) return position % m;
    if (!Number.isFinite(time)) return -1;
    const day = time / DAY_MS;
    return Math.floor((day - Math.floor(day)) * DAY_PLACES);
  };
  const weekdayOf = (time: number): number => ((Math.floor(time / DAY_MS) % 7) + 7) % 7;

  /** Expected deviation at a place; `NaN` for a new one. */
  const expectedAt = (place: number, time: number): number => {
    if (place === -1 || visits[place] === 0) return Number.NaN;
    let expected = mean[place]!;
    if (extra.length > 0) {
      const at = weekdayOf(time) * places + place;
      const count = extraVisits[at]!;
      expected += (count / (count + SHRINKAGE)) * extra[at]!;
    }
    return expected - level;
  };

  return {
    at(time) {
      const deviation = expectedAt(placeOf(time), time);
      if (Number.isNaN(deviation) || !(squares > 0)) return 0;
      return Math.max(0, Math.min(1, products / squares)) * deviation;
    },
    mean: () => level,
    learn(value, time) {
      const place = placeOf(time);
      const deviation = expectedAt(place, time);
      if (!Number.isNaN(deviation)) {
        squares = squares * FADING + deviation ** 2;
        products = products * FADING + deviation * (value - level);
      }
      n++;
      position++;
      level += (value - level) / Math.min(n, 1 << 16);
      if (place === -1) return;
      if (extra.length > 0) {
        const at = weekdayOf(time) * places + place;
        const difference = visits[place] === 0 ? 0 : value - mean[place]!;
        extraVisits[at] = Math.min(WEEKDAY_VISITS, extraVisits[at]! + 1);
        extra[at]! += (difference - extra[at]!) / extraVisits[at]!;
      }
      visits[place] = Math.min(VISITS, visits[place]! + 1);
      mean[place]! += (value - mean[place]!) / visits[place]!;
    },
    pass() {
      position++;
    },
  };
}
