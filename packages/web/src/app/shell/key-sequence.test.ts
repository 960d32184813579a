import { describe, expect, it } from 'vitest';
import { matchShortcut, type Shortcut } from './key-sequence.ts';

const shortcut = (...keys: string[]): Shortcut => ({ keys, label: keys.join(' '), run: () => {} });
const shortcuts = [shortcut('?'), shortcut('g', '1'), shortcut('g', '2'), shortcut('r')];

describe('matchShortcut', () => {
  it('finds a single key and a sequence', () => {
    expect(matchShortcut(shortcuts, ['?']).shortcut).toBe(shortcuts[0]);
    expect(matchShortcut(shortcuts, ['g'])).toEqual({ pending: ['g'] });
    expect(matchShortcut(shortcuts, ['g', '2']).shortcut).toBe(shortcuts[2]);
  });

  it('begins anew with the key that broke a sequence', () => {
    expect(matchShortcut(shortcuts, ['g', 'r']).shortcut).toBe(shortcuts[3]);
    expect(matchShortcut(shortcuts, ['g', 'g'])).toEqual({ pending: ['g'] });
    expect(matchShortcut(shortcuts, ['g', 'x'])).toEqual({ pending: [] });
  });
});
