import type { DownloadJob } from '@kizashi/server/workspaces/downloads';
import { expect, it } from 'vitest';
import { createFollowedSpeed } from './followed-speed.ts';

const job = (doneBytes: number, rest: Partial<DownloadJob> = {}) =>
  ({
    ...{ state: 'PROCESSING', sizeBytes: 10_000_000, doneBytes, bytesPerSecond: 0 },
    ...{ etaSeconds: null, ...rest },
  }) as DownloadJob;

/** Looks three times a second at bytes that are written every two. */
function follow(seconds: number, bytesAt: (second: number) => number) {
  let now = 0;
  const speed = createFollowedSpeed(() => now);
  let last = speed(job(bytesAt(0)));
  for (; now < seconds * 1000; now += 300) last = speed(job(bytesAt(2 * Math.floor(now / 2000))));
  return last;
}

it('is what the bytes in the database gain over the last seconds', () => {
  const { bytesPerSecond, etaSeconds } = follow(20, (second) => second * 100_000);
  expect(bytesPerSecond).toBeGreaterThan(60_000);
  expect(bytesPerSecond).toBeLessThan(140_000);
  expect(etaSeconds).toBeCloseTo((10_000_000 - 1_800_000) / bytesPerSecond, 0);
});

it('forgets how fast it was, and says nothing of the time left when nothing comes', () => {
  const stopped = follow(30, (second) => Math.min(second, 10) * 100_000);
  expect(stopped).toMatchObject({ bytesPerSecond: 0, etaSeconds: null });
});

it('is left alone where it is known, and where nothing runs', () => {
  const speed = createFollowedSpeed(() => 0);
  const known = job(5, { bytesPerSecond: 7, etaSeconds: 9 });
  const paused = job(5, { state: 'PAUSED' });
  expect([speed(known), speed(paused)]).toEqual([known, paused]);
});

it('is not below zero when something is fetched anew', () => {
  let now = 0;
  const speed = createFollowedSpeed(() => now);
  speed(job(5_000_000));
  now = 3_000;
  expect(speed(job(0)).bytesPerSecond).toBe(0);
  now = 6_000;
  expect(speed(job(300_000)).bytesPerSecond).toBe(100_000);
});
