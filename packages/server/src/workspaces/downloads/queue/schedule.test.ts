import { expect, it } from 'vitest';
import type { DownloadSchedule } from '../contract.ts';
import { capAt } from './schedule.ts';

const night: DownloadSchedule = {
  windows: [
    { days: [5], from: '22:00', to: '06:00', bytesPerSecond: null },
    { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', bytesPerSecond: 0 },
  ],
  otherwise: { bytesPerSecond: 1_000_000 },
};
const tokyo = (text: string) => Date.parse(`${text}+09:00`);
const cap = (text: string) => capAt(night, 'Asia/Tokyo', tokyo(text));

it('is the cap of the first window that holds, and the other one outside all of them', () => {
  expect(cap('2026-11-23T09:00')).toBe(0);
  expect(cap('2026-11-23T16:59')).toBe(0);
  expect(cap('2026-11-23T17:00')).toBe(1_000_000);
  expect(cap('2026-11-22T12:00')).toBe(1_000_000);
});

it('goes over midnight from the day it begins on', () => {
  expect(cap('2026-11-27T22:00')).toBeNull();
  expect(cap('2026-11-28T05:59')).toBeNull();
  expect(cap('2026-11-28T06:00')).toBe(1_000_000);
  expect(cap('2026-11-27T05:00')).toBe(1_000_000);
});

it('lasts a whole day when it ends as it begins', () => {
  const always: DownloadSchedule = {
    windows: [{ days: [7], from: '12:00', to: '12:00', bytesPerSecond: 5 }],
    otherwise: { bytesPerSecond: null },
  };
  expect(capAt(always, 'Asia/Tokyo', tokyo('2026-11-22T11:59'))).toBeNull();
  expect(capAt(always, 'Asia/Tokyo', tokyo('2026-11-22T12:00'))).toBe(5);
  expect(capAt(always, 'Asia/Tokyo', tokyo('2026-11-23T11:59'))).toBe(5);
});

it('goes by the clock on the wall where summer time begins', () => {
  const schedule: DownloadSchedule = {
    windows: [{ days: [7], from: '03:00', to: '04:00', bytesPerSecond: 7 }],
    otherwise: { bytesPerSecond: null },
  };
  // On 29 March 2026 Berlin's clocks go from 02:00 to 03:00 at 01:00 UTC.
  expect(capAt(schedule, 'Europe/Berlin', Date.parse('2026-03-29T00:59Z'))).toBeNull();
  expect(capAt(schedule, 'Europe/Berlin', Date.parse('2026-03-29T01:00Z'))).toBe(7);
});
