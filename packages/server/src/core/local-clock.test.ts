import { dayNumber } from '@kizashi/series';
import { expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { createLocalClock } from './local-clock.ts';

const MS_PER_DAY = 86_400_000;

function createNaiveClock(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  });
  return (epochMs: number): [day: number, hour: number] => {
    const parts = format.formatToParts(epochMs);
    const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
    return [dayNumber(of('year'), of('month'), of('day')), of('hour')];
  };
}

// Zones with changes of one hour and of half an hour, at midnight, and with none.
it.each([
  'Europe/London',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'UTC',
])('reads the day and hour on the wall in %s', (timeZone) => {
  const random = createRandom(3);
  const clock = createLocalClock(timeZone);
  const naive = createNaiveClock(timeZone);
  const start = Date.UTC(2011, 0, 1);
  for (let i = 0; i < 500; i++) {
    const at = start + Math.floor(random() * 365 * 24 * 60) * 60_000;
    clock.read(at);
    expect([clock.day, clock.hour]).toEqual(naive(at));
  }
});

it('is right minute by minute on the days the clocks change', () => {
  const clock = createLocalClock('Europe/London');
  const naive = createNaiveClock('Europe/London');
  for (const day of [Date.UTC(2011, 2, 27), Date.UTC(2011, 9, 30)]) {
    for (let at = day - 3_600_000; at < day + MS_PER_DAY + 3_600_000; at += 300_000) {
      clock.read(at);
      expect([clock.day, clock.hour]).toEqual(naive(at));
    }
  }
});
