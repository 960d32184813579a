import { expect, it } from 'vitest';
import { DiskGate } from './disk-gate.ts';

const MIB = 1 << 20;

it('says how long a MiB takes to be written: the time in which anything was under way, once', () => {
  let time = 0;
  const gate = new DiskGate(() => time);
  expect(gate.writeMsPerMb()).toBeNull();
  gate.begin(MIB, null);
  gate.begin(MIB, null);
  time = 10;
  gate.end(MIB);
  time = 20;
  gate.end(MIB);
  // Idle: the disk is not asked for anything.
  time = 1000;
  expect(gate.writeMsPerMb()).toBe(10);
});

it('lets what was long ago count less', () => {
  let time = 0;
  const gate = new DiskGate(() => time);
  for (const ms of [40, 1]) {
    for (let i = 0; i < 640; i++) {
      gate.begin(MIB, null);
      time += ms;
      gate.end(MIB);
    }
  }
  expect(gate.writeMsPerMb()).toBeLessThan(1.1);
});
