import { expect, it } from 'vitest';
import { orderKey } from './order-key.ts';

it('is a 64-bit number that depends on every character and its place', () => {
  const keys = ['', '0', '00', 'A-001', 'A-010', 'a-001', 'Ａ-001', '536365', '563365'].map(
    orderKey,
  );
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key >= 0n && key < 2n ** 64n).toBe(true);
});

it('tells 300,000 codes of usual shapes apart', () => {
  const keys = new Set<bigint>();
  for (let i = 0; i < 100_000; i++) {
    keys.add(orderKey(String(536_365 + i)));
    keys.add(orderKey(`A-${String(i).padStart(6, '0')}`));
    keys.add(orderKey(`2025/04/${i}`));
  }
  expect(keys.size).toBe(300_000);
});

it('spreads over both halves', () => {
  let bits = 0n;
  for (let i = 0; i < 64; i++) bits |= orderKey(`x${i}`) ^ orderKey(`x${i + 1}`);
  expect(bits).toBe(2n ** 64n - 1n);
});
