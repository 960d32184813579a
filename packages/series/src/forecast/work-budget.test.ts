import { describe, expect, it } from 'vitest';
import { DEFAULT_CANDIDATES } from './auto-options.ts';
import { candidateModels } from './candidates.ts';
import { shareWork } from './work-budget.ts';

const candidates = candidateModels({ n: 100, m: 12, seasons: [12] }, [
  ...DEFAULT_CANDIDATES,
  'arima',
]);
const share = (work: number) => shareWork(candidates, { work, fits: 4, passes: 60 });
const names = (work: number) => share(work).chosen.map(({ choice }) => choice);

describe('the work of a back-test', () => {
  it('is done in full where there is enough', () => {
    const { chosen, leftOut } = share(1e9);
    expect(chosen.map(({ choice }) => choice)).toEqual(candidates.map(({ choice }) => choice));
    expect(chosen.every(({ pastFits }) => pastFits === 4)).toBe(true);
    expect(leftOut).toBe(0);
  });

  it('is saved on the models that cost most', () => {
    expect(names(3e6)).not.toContain('arima');
    expect(names(3e6)).toContain('ets');
    expect(share(3e6).leftOut).toBe(1);
  });

  it('is saved on past fits before a model is left out', () => {
    const { chosen } = share(0.9e6);
    expect(chosen.find(({ choice }) => choice === 'ets')!.pastFits).toBeLessThan(4);
  });

  it('is done for the seasonal naive and Theta whatever it costs', () => {
    expect(names(1)).toEqual(['seasonal-naive', 'theta']);
  });

  it('stays within the budget otherwise', () => {
    for (const work of [1e6, 3e6, 1e7]) {
      let spent = 0;
      for (const { pastFits, fitWork, passWork } of share(work).chosen) {
        spent += (pastFits + 1) * fitWork + 60 * passWork;
      }
      expect(spent).toBeLessThanOrEqual(work);
    }
  });
});
