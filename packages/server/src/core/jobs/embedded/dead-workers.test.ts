import { describe, expect, it } from 'vitest';
import { createDeadWorkers } from './dead-workers.ts';

describe('finding dead workers', () => {
  it('names one whose beat stands still, and none that beats however slowly', () => {
    const { look } = createDeadWorkers(3);
    const dead: (readonly string[])[] = [];
    for (let n = 0; n < 7; n++) {
      dead.push(
        look([
          { id: 'alive', beat: n },
          { id: 'slow', beat: Math.floor(n / 2) },
          { id: 'still', beat: 5 },
        ]),
      );
    }
    expect(dead).toEqual([[], [], [], ['still'], ['still'], ['still'], ['still']]);
  });

  it('begins to count afresh when a worker beats again', () => {
    const { look } = createDeadWorkers(2);
    const beats = [1, 1, 2, 2, 2];
    expect(beats.map((beat) => look([{ id: 'a', beat }]).length)).toEqual([0, 0, 0, 0, 1]);
  });
});
