import { describe, expect, it } from 'vitest';
import { axisText, changeText, exactText, figureText, percentText } from './figure-text.ts';

const money = { unit: 'money', currency: 'GBP', language: 'en' } as const;
const yen = { unit: 'money', currency: 'JPY', language: 'ja' } as const;
const ratio = { unit: 'ratio', currency: 'GBP', language: 'en' } as const;
const number = { unit: 'number', currency: 'GBP', language: 'en' } as const;

describe('figures for reading', () => {
  it('drops pennies from large amounts and keeps them in small ones', () => {
    expect(figureText(8187806.364, money)).toBe('£8,187,806');
    expect(figureText(20.5, money)).toBe('£20.50');
    expect(figureText(-1234.5, money)).toBe('-£1,235');
  });

  it('knows that yen have no fraction', () => {
    expect(figureText(980.4, yen)).toMatch(/^[¥￥]980$/);
  });

  it('shows a dash where a figure is undefined, never NaN or 0', () => {
    expect(figureText(null, ratio)).toBe('–');
    expect(exactText(null, ratio)).toBe('–');
  });

  it('writes rates as percentages', () => {
    expect(figureText(0.7234, ratio)).toBe('72.3%');
    expect(exactText(0.72345, ratio)).toBe('72.35%');
    expect(percentText(0.8, 'en')).toBe('80%');
  });

  it('gives a plain number as many decimals as its size needs', () => {
    expect(figureText(1.2345, number)).toBe('1.23');
    expect(figureText(26.3, number)).toBe('26.3');
    expect(figureText(260.96, number)).toBe('261');
  });
});

describe('axis labels', () => {
  it('are short in both languages', () => {
    expect(axisText(12_000, money)).toBe('£12K');
    expect(axisText(12_000, yen)).toMatch(/^[¥￥]1\.2万$/);
    expect(axisText(0.25, ratio)).toBe('25%');
  });
});

describe('changes', () => {
  it('carry their sign, and none when nothing changed', () => {
    expect(changeText(0.123, 'en')).toBe('+12.3%');
    expect(changeText(-0.04, 'en')).toBe('-4%');
    expect(changeText(0, 'en')).toBe('0%');
  });

  it('lose the decimal when they are huge', () => {
    expect(changeText(12.3456, 'en')).toBe('+1,235%');
  });
});
