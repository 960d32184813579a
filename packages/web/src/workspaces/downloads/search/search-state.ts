import type { SearchQuery } from '@kizashi/server/workspaces/downloads';
import { z } from 'zod';

const text = (most: number) =>
  z
    .string()
    .max(most)
    .optional()
    .catch(undefined)
    .transform((value) => (value === '' ? undefined : value));

/** A search as it stands in the address; without `query` nothing was searched for yet. */
export const searchStateSchema = z.object({
  source: z.enum(['civitai', 'hugging-face']).optional().catch(undefined),
  query: z.string().max(200).optional().catch(undefined),
  type: text(60),
  baseModel: text(60),
  creator: text(100),
  tag: text(100),
  sort: text(60),
  nsfw: z.literal('true').optional().catch(undefined),
});
export type SearchState = Partial<z.infer<typeof searchStateSchema>>;

/** What the server is asked, without what is not said. */
export function askedOf(state: SearchState): Omit<SearchQuery, 'cursor' | 'limit'> {
  const { source = 'civitai', query = '', nsfw = 'false', ...filters } = state;
  const said = Object.entries(filters).filter(([, value]) => value !== undefined);
  return { source, query, nsfw, ...Object.fromEntries(said) };
}
