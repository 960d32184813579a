import { expect, it } from 'vitest';
import { createFakeTime } from '../../testing/fake-time.ts';
import { addressKey, RateLimiter } from './rate-limit.ts';

it('allows max requests per key and minute, from the first request on', () => {
  const time = createFakeTime();
  const limiter = new RateLimiter({ max: 2, clock: time.clock });
  expect(limiter.take('a')).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
  time.advance(59_999);
  expect(limiter.take('a')).toEqual({ allowed: true, remaining: 0, resetSeconds: 1 });
  expect(limiter.take('a').allowed).toBe(false);
  expect(limiter.take('b').allowed).toBe(true);
  time.advance(1);
  expect(limiter.take('a')).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
});

it('does not lock anyone out for long when the clock is set back', () => {
  const time = createFakeTime();
  const limiter = new RateLimiter({ max: 1, clock: time.clock });
  limiter.take('a');
  expect(limiter.take('a').allowed).toBe(false);
  time.setClock(time.clock.now() - 86_400_000);
  expect(limiter.take('a').allowed).toBe(true);
});

it('keeps counting the newest keys when very many come', () => {
  const time = createFakeTime();
  const limiter = new RateLimiter({ max: 1, clock: time.clock });
  for (let i = 0; i < 100_500; i++) limiter.take(`key ${i}`);
  expect(limiter.take('key 100499').allowed).toBe(false);
  expect(limiter.take('key 0').allowed).toBe(true);
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:1::', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('counts %s as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key);
});
