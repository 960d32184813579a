import { describe, expect, it } from 'vitest';
import { createFakeTime } from '../../testing/fake-time.ts';
import { createJobIds } from './job-ids.ts';

describe('job ids', () => {
  it('go up within a millisecond, from one to the next, and when the clock is set back', () => {
    const time = createFakeTime();
    const newId = createJobIds(time.clock);
    const ids = Array.from({ length: 2_000 }, newId);
    time.advance(1);
    ids.push(newId());
    time.setClock(time.clock.now() - 86_400_000);
    ids.push(newId(), newId());
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{26}$/);
  });

  it('differ between processes at the same moment', () => {
    const { clock } = createFakeTime();
    expect(createJobIds(clock)()).not.toBe(createJobIds(clock)());
  });
});
