import { cpus, freemem } from 'node:os';
import type { MachineSample } from '../optimiser/optimiser.ts';
import type { TransferSample } from '../transfer/transfer.ts';

const OWN_MS = 50;
const ALL_MS = 500;

/** What the machine and this process do, since the last call, beside what the thread that fetches tells of itself. */
export function createMachineMeter(): (
  at: number,
  thread: Pick<TransferSample, 'diskWriteMsPerMb' | 'threadBusy'>,
) => MachineSample {
  let own = { time: performance.now(), usage: process.cpuUsage(), share: 0 };
  let all = { time: own.time, ticks: total(), share: 0 };
  return (at, { diskWriteMsPerMb, threadBusy }) => {
    const time = performance.now();
    // The process is measured in microseconds, so a look after a tenth of a second sees it.
    if (time - own.time >= OWN_MS) {
      const usage = process.cpuUsage();
      const spent = usage.user + usage.system - own.usage.user - own.usage.system;
      own = { time, usage, share: Math.min(1, spent / 1000 / (time - own.time)) };
    }
    // Ticks of the system's clock are some ten milliseconds: a shorter look sees nothing.
    if (time - all.time >= ALL_MS) {
      const ticks = total();
      const passed = ticks.passed - all.ticks.passed;
      const share = passed === 0 ? all.share : (ticks.busy - all.ticks.busy) / passed;
      all = { time, ticks, share };
    }
    return {
      at,
      cpu: own.share,
      machineCpu: all.share,
      memoryBytes: process.memoryUsage.rss(),
      freeMemoryBytes: freemem(),
      diskWriteMsPerMb,
      threadBusy,
    };
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
