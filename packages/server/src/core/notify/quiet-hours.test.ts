import { describe, expect, it } from 'vitest';
import { afterQuietHours } from './quiet-hours.ts';

const tokyo = 'Asia/Tokyo';
/** 2026-04-01, Tokyo clock. */
const at = (time: string) => Date.parse(`2026-04-01T${time}:30+09:00`);

describe('quiet hours', () => {
  it('let a message through at once outside of them', () => {
    expect(afterQuietHours(at('12:00'), { from: '22:00', to: '07:00' }, tokyo)).toBe(at('12:00'));
    expect(afterQuietHours(at('07:00'), { from: '22:00', to: '07:00' }, tokyo)).toBe(at('07:00'));
  });

  it('hold a message until they end, over midnight too', () => {
    expect(afterQuietHours(at('23:15'), { from: '22:00', to: '07:00' }, tokyo)).toBe(
      Date.parse('2026-04-02T07:00:00+09:00'),
    );
    expect(afterQuietHours(at('03:00'), { from: '22:00', to: '07:00' }, tokyo)).toBe(
      Date.parse('2026-04-01T07:00:00+09:00'),
    );
    expect(afterQuietHours(at('13:59'), { from: '13:00', to: '14:00' }, tokyo)).toBe(
      Date.parse('2026-04-01T14:00:00+09:00'),
    );
  });

  // Clocks go forward at 02:00 on 29 March 2026 in Berlin, and back at 03:00 on 25 October.
  it.each([
    ['2026-03-28T23:00:00+01:00', '22:00', '07:00', '2026-03-29T07:00:00+02:00'],
    ['2026-10-24T23:00:00+02:00', '22:00', '07:00', '2026-10-25T07:00:00+01:00'],
    // 02:30 does not exist that night: the first moment after it.
    ['2026-03-29T01:15:00+01:00', '01:00', '02:30', '2026-03-29T03:00:00+02:00'],
    // 02:30 comes twice: the first one ends them.
    ['2026-10-25T01:15:00+02:00', '01:00', '02:30', '2026-10-25T02:30:00+02:00'],
  ])(
    'ask the wall clock when it is changed: from %s, quiet %s–%s, until %s',
    (now, from, to, end) => {
      const until = afterQuietHours(Date.parse(now), { from, to }, 'Europe/Berlin');
      expect(new Date(until).toISOString()).toBe(new Date(end).toISOString());
    },
  );

  it('fall at different moments in different zones', () => {
    const now = Date.parse('2026-04-01T21:30:00Z');
    const quiet = { from: '06:00', to: '07:00' };
    expect(afterQuietHours(now, quiet, 'UTC')).toBe(now);
    expect(afterQuietHours(now, quiet, tokyo)).toBe(Date.parse('2026-04-01T22:00:00Z'));
    // Nepal is five and three quarter hours ahead.
    const early = { from: '03:00', to: '03:20' };
    expect(afterQuietHours(now, early, 'Asia/Kathmandu')).toBe(Date.parse('2026-04-01T21:35:00Z'));
  });

  it('do nothing when none are set or both ends are equal', () => {
    expect(afterQuietHours(at('03:00'), null, tokyo)).toBe(at('03:00'));
    expect(afterQuietHours(at('03:00'), { from: '03:00', to: '03:00' }, tokyo)).toBe(at('03:00'));
  });
});
