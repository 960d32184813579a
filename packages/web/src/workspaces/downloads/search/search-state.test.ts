import { describe, expect, it } from 'vitest';
import { askedOf, searchStateSchema } from './search-state.ts';

describe('a search in the address', () => {
  it('asks CivitAI for what is safe for work when nothing else is said', () => {
    expect(askedOf({})).toEqual({ source: 'civitai', query: '', nsfw: 'false' });
  });

  it('leaves out empty filters', () => {
    const state = searchStateSchema.parse({ query: 'ink', type: '', creator: 'hanako' });
    expect(askedOf(state)).toEqual({
      source: 'civitai',
      query: 'ink',
      nsfw: 'false',
      creator: 'hanako',
    });
  });

  it('takes what it does not know for not said', () => {
    const state = searchStateSchema.parse({ source: 'nowhere', query: ['a', 'b'], nsfw: 'yes' });
    expect(askedOf(state)).toEqual({ source: 'civitai', query: '', nsfw: 'false' });
  });
});
