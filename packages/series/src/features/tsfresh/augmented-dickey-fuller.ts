import { adfTest } from '../../stats/adf.ts';
import { calculator } from './calculator.ts';
import { oneOf } from './parameter-rules.ts';

const attribute = oneOf('teststat', 'pvalue', 'usedlag');
const criterion = oneOf('AIC', 'BIC', 't-stat', 'None');
const ATTRIBUTES = { teststat: 'statistic', pvalue: 'pValue', usedlag: 'usedLag' } as const;

export const augmentedDickeyFuller = calculator({
  name: 'augmented_dickey_fuller',
  formula:
    'Augmented Dickey–Fuller test with a constant: t value of the level (teststat), MacKinnon’s p-value (pvalue) and lagged differences (usedlag), chosen by autolag (AIC, BIC, t-stat; None takes the most) among 0 … min(ceil(12 (n / 100)^¼), floor(n / 2) − 2).',
  source:
    'Dickey & Fuller (1979), JASA 74, 427–431; MacKinnon (1994), J. Business & Economic Statistics 12',
  unit: '1',
  cost: 'n·window',
  parameters: { attr: attribute, autolag: criterion },
  defaults: { autolag: 'AIC' },
  create: ({ attr, autolag }) => {
    const choice = autolag === 'None' ? 'most' : autolag;
    return (series) =>
      series.once(`adf ${choice}`, () => adfTest(series.y, undefined, choice))[ATTRIBUTES[attr]];
  },
});
