import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { exhaustiveComplexityByDefinition } from '../reference/exhaustive-complexity-by-definition.ts';
import { exhaustiveComplexity } from './exhaustive-complexity.ts';

const ofText = (text: string) => exhaustiveComplexity(Uint8Array.from(text, Number));

describe('complexity by Lempel and Ziv', () => {
  it('is 6 for the example of the paper, 0001101001000101', () => {
    expect(ofText('0001101001000101')).toBe(6);
  });

  it('is that of seeking each phrase as text', () => {
    const random = createRandom(4);
    for (let n = 0; n < 300; n++) {
      const often = 0.1 + 0.8 * random();
      const text = Array.from({ length: n }, () => (random() < often ? '1' : '0')).join('');
      expect(ofText(text)).toBe(exhaustiveComplexityByDefinition(text));
      const repeated = text.slice(0, 7).repeat(9);
      expect(ofText(repeated)).toBe(exhaustiveComplexityByDefinition(repeated));
    }
  });

  it('is 2 for a constant sequence', () => {
    expect(ofText('0'.repeat(100))).toBe(2);
  });
});
