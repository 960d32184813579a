import { cpus, freemem } from 'node:os';
import type { MachineSample } from '../optimiser/optimiser.ts';

/** What the machine and this process do, since the last call. */
export function createMachineMeter(): (at: number) => MachineSample {
  let last = { at: 0, own: process.cpuUsage(), all: total() };
  let shown: MachineSample | undefined;
  return (at) => {
    // Ticks of the system's clock are some ten milliseconds: a shorter look sees nothing.
    if (shown !== undefined && at - last.at < 500) return { ...shown, at };
    const [own, all] = [process.cpuUsage(), total()];
    const ms = Math.max(1, at - last.at);
    const spent = own.user + own.system - last.own.user - last.own.system;
    const passed = all.passed - last.all.passed;
    shown = {
      at,
      cpu: last.at === 0 ? 0 : Math.min(1, spent / 1000 / ms),
      machineCpu: passed === 0 ? 0 : (all.busy - last.all.busy) / passed,
      memoryBytes: process.memoryUsage.rss(),
      freeMemoryBytes: freemem(),
      diskWriteMsPerMb: null,
    };
    last = { at, own, all };
    return shown;
  };
}

function total(): { busy: number; passed: number } {
  let [busy, passed] = [0, 0];
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.irq + times.idle;
    passed += all;
    busy += all - times.idle;
  }
  return { busy, passed };
}
