import { bucketSchema } from '@kizashi/server/contract/measures';
import { z } from 'zod';
import { newRuleDraft, type RuleDraft } from './rule-draft.ts';

const listSchema = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

/** What a link to a new rule may set: `?measure=sales.revenue&bucket=week&filter=country:Germany`. */
const addressSchema = z.object({
  measure: z.string().optional().catch(undefined),
  bucket: bucketSchema.optional().catch(undefined),
  filter: listSchema.optional().catch(undefined),
});

/** A new rule as a link describes it; what the link leaves open, or names wrongly, is as in any new rule. */
export function draftOfAddress(
  search: unknown,
  measures: readonly [string, ...string[]],
): RuleDraft {
  const { measure, bucket, filter = [] } = addressSchema.parse(search);
  const known = measures.find((id) => id === measure) ?? measures[0];
  const filters: Record<string, string[]> = {};
  for (const one of filter) {
    const colon = one.indexOf(':');
    if (colon < 1) continue;
    const dimension = one.slice(0, colon);
    filters[dimension] = [...(filters[dimension] ?? []), one.slice(colon + 1)];
  }
  return { ...newRuleDraft(known), ...(bucket && { bucket }), filters };
}
