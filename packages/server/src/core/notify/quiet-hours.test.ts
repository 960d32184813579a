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

  it('do nothing when none are set or both ends are equal', () => {
    expect(afterQuietHours(at('03:00'), null, tokyo)).toBe(at('03:00'));
    expect(afterQuietHours(at('03:00'), { from: '03:00', to: '03:00' }, tokyo)).toBe(at('03:00'));
  });
});
