import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../app/search-params.ts';
import { draftOfAddress } from './rule-address.ts';
import { newRuleDraft } from './rule-draft.ts';

const measures = ['sales.revenue', 'sales.orders'] as const;

describe('a link to a new rule', () => {
  it('sets the measure, the bucket and the filters', () => {
    const link = '?measure=sales.orders&bucket=week&filter=country:Germany&filter=product:a:b';
    expect(draftOfAddress(parseSearch(link), measures)).toMatchObject({
      measure: 'sales.orders',
      bucket: 'week',
      filters: { country: ['Germany'], product: ['a:b'] },
    });
  });

  it('may set nothing', () => {
    expect(draftOfAddress({}, measures)).toEqual(newRuleDraft('sales.revenue'));
  });

  it('is not followed where it is wrong', () => {
    const link = '?measure=sales.luck&bucket=hour&filter=Germany';
    expect(draftOfAddress(parseSearch(link), measures)).toEqual(newRuleDraft('sales.revenue'));
  });
});
