import { ruleBody } from '@kizashi/server/contract/alerts';
import { describe, expect, it } from 'vitest';
import { bodyOfRule, conditionOf, draftOfRule, newRuleDraft } from './rule-draft.ts';

const draft = { ...newRuleDraft('sales.returns-rate'), name: 'Returns', value: 7 } as const;

describe('conditionOf', () => {
  it('reads the limit of a ratio in percent', () => {
    const threshold = { ...draft, type: 'threshold', direction: 'above' } as const;
    expect(conditionOf(threshold, true)).toEqual({
      type: 'threshold',
      direction: 'above',
      value: 0.07,
    });
    expect(conditionOf(threshold, false)).toMatchObject({ value: 7 });
  });

  it('is undefined until a limit is typed', () => {
    expect(conditionOf({ ...draft, type: 'threshold', value: '' }, false)).toBeUndefined();
    expect(conditionOf({ ...draft, type: 'threshold', value: '-' }, false)).toBeUndefined();
  });
});

describe('bodyOfRule', () => {
  it('fits the contract and leaves out empty filters', () => {
    const body = bodyOfRule({ ...draft, filters: { country: ['EIRE'], product: [] } }, true);
    expect(ruleBody.parse(body)).toMatchObject({ filters: { country: ['EIRE'] } });
    expect(body?.filters).not.toHaveProperty('product');
  });

  it('round-trips a stored rule', () => {
    const body = {
      name: 'Returns',
      measure: 'sales.returns-rate',
      bucket: 'week',
      filters: { country: ['EIRE'] },
      condition: { type: 'threshold', direction: 'above', value: 0.07 },
      severity: 'critical',
      channelIds: ['c1'],
      enabled: false,
      cooldownMinutes: 60,
    } as const;
    const rule = {
      ...body,
      channelIds: [...body.channelIds],
      filters: { country: ['EIRE'] },
      id: 'r1',
      createdAt: 1,
      createdBy: 'a@example.com',
      lastEvaluatedAt: null,
      lastFiredAt: null,
      lastProblem: null,
    };
    expect(draftOfRule(rule, true).value).toBe(7);
    expect(bodyOfRule(draftOfRule(rule, true), true)).toEqual(body);
  });
});
