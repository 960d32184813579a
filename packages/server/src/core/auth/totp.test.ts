import { expect, it } from 'vitest';
import { newRecoveryCodes, newTotpSeed, recoveryCodeHash, totpStep } from './totp.ts';

/** RFC 6238, appendix B: seed `12345678901234567890`, last six of the eight digits. */
const rfcSeed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const rfcCodes = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

it.each(rfcCodes)('agrees with RFC 6238 at second %i', (second, code) => {
  const now = second * 1000;
  expect(totpStep(rfcSeed, code, { now, lastStep: 0 })).toBe(Math.floor(second / 30));
});

it('refuses a code of the last accepted step or before', () => {
  const at = { now: 59_000, lastStep: 1 };
  expect(totpStep(rfcSeed, '287082', at)).toBeUndefined();
  expect(totpStep(rfcSeed, '287082', { ...at, lastStep: 0 })).toBe(1);
});

it('reads spaces as people type them, and nothing but six digits', () => {
  const at = { now: 59_000, lastStep: 0 };
  expect(totpStep(rfcSeed, ' 287 082', at)).toBe(1);
  for (const code of ['', '28708', '2870820', 'abcdef', '２８７０８２']) {
    expect(totpStep(rfcSeed, code, at)).toBeUndefined();
  }
});

it('makes different seeds and recovery codes each time', () => {
  expect(newTotpSeed('a').secret).toHaveLength(32);
  expect(newTotpSeed('a').secret).not.toBe(newTotpSeed('a').secret);
  expect(new Set([...newRecoveryCodes(), ...newRecoveryCodes()]).size).toBe(20);
  expect(recoveryCodeHash('ABCD-efgh 2345')).toBe(recoveryCodeHash('abcdefgh2345'));
});
