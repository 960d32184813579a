import { expect, it } from 'vitest';
import { freePath } from './free-name.ts';

it('is the path itself, or the first number that is free, with few questions', async () => {
  const taken = new Set<string>();
  let asked = 0;
  const isFree = async (path: string) => {
    asked++;
    return !taken.has(path);
  };
  for (let n = 1; n <= 300; n++) {
    const path = await freePath('a/model.v1.bin', isFree);
    expect(path).toBe(n === 1 ? 'a/model.v1.bin' : `a/model.v1 (${n}).bin`);
    taken.add(path);
  }
  asked = 0;
  await freePath('a/model.v1.bin', isFree);
  expect(asked).toBeLessThan(20);
});
