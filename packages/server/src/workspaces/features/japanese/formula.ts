import { anomaly } from './formulas/anomaly.ts';
import { antropy } from './formulas/antropy.ts';
import { autocorrelation } from './formulas/autocorrelation.ts';
import { byTime } from './formulas/by-time.ts';
import { calendar } from './formulas/calendar.ts';
import { catch22 } from './formulas/catch22.ts';
import { lottery } from './formulas/lottery.ts';
import { matrixProfile } from './formulas/matrix-profile.ts';
import { staticSet } from './formulas/static.ts';
import { trend } from './formulas/trend.ts';
import { tsfeatures } from './formulas/tsfeatures.ts';
import { tsfel } from './formulas/tsfel.ts';
import { tsfresh } from './formulas/tsfresh.ts';

/**
 * English formulas of the library with their Japanese ones. `{name}` stands for a number, which goes where the Japanese has the
 * same name; `{text}` for a formula that is translated by itself.
 */
const formulas: Readonly<Record<string, string>> = {
  ...byTime,
  ...trend,
  ...autocorrelation,
  ...anomaly,
  ...calendar,
  ...lottery,
  ...catch22,
  ...antropy,
  ...matrixProfile,
  ...tsfresh,
  ...tsfel,
  ...tsfeatures,
  ...staticSet,
};

interface Pattern {
  readonly english: RegExp;
  readonly japanese: string;
}

const patterns: readonly Pattern[] = Object.entries(formulas)
  .filter(([english]) => english.includes('{'))
  .map(([english, japanese]) => ({ english: patternOf(english), japanese }));

/** A formula of the library in Japanese; undefined where there is none for it. */
export function japaneseFormula(english: string): string | undefined {
  const whole = formulas[english];
  if (whole !== undefined) return whole;
  for (const pattern of patterns) {
    const found = pattern.english.exec(english)?.groups;
    if (found === undefined) continue;
    const { text, ...numbers } = found;
    const inner = text === undefined ? '' : japaneseFormula(text);
    if (inner !== undefined) return filled(pattern.japanese, { ...numbers, text: inner });
  }
  return undefined;
}

/** The same name again is the same number again. */
function patternOf(template: string): RegExp {
  const known = new Set<string>();
  const source = template.split(/(\{\w+\})/).map((part) => {
    if (!/^\{\w+\}$/.test(part)) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const name = part.slice(1, -1);
    if (known.has(name)) return `\\k<${name}>`;
    known.add(name);
    return name === 'text' ? '(?<text>.+)' : `(?<${name}>-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)`;
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}
