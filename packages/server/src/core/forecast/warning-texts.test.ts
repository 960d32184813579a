import type { WarningCode } from '@kizashi/series';
import { describe, expect, it } from 'vitest';
import { warning } from '../../../../series/src/forecast/warnings.ts';
import { japaneseWarnings, warningText } from './warning-texts.ts';

/** Numbers that tell which of them were asked for. */
function spiedValues() {
  const asked = new Set<string>();
  const values = new Proxy<Record<string, number>>(
    {},
    {
      get(_, name) {
        asked.add(String(name));
        return 0.25;
      },
    },
  );
  return { asked, values };
}

describe('warnings in Japanese', () => {
  it.each(Object.keys(japaneseWarnings) as WarningCode[])('tell the same numbers of %s', (code) => {
    const english = spiedValues();
    warning(code, english.values);
    const japanese = spiedValues();
    const text = warningText({ code, values: japanese.values, message: '' }, 'ja');
    expect([...japanese.asked].sort()).toEqual([...english.asked].sort());
    expect(text).toMatch(/[ぁ-ん].*。$/);
  });

  it('are the library’s own words in English', () => {
    const made = warning('under-covered', { level: 0.8, coverage: 0.5 });
    expect(warningText(made, 'en')).toBe(made.message);
    expect(warningText(made, 'ja')).toBe('80% 区間に入った過去の値は 50% でした。');
  });
});
