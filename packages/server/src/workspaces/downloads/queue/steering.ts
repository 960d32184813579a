import type { Clock } from '../../../core/clock.ts';
import type { Optimiser } from '../optimiser/optimiser.ts';
import type { ItemRow } from '../store/tables.ts';
import type { TransferLimits, TransferResult, TransferSample } from '../transfer/transfer.ts';
import type { ActiveItems } from './active-item.ts';
import { createMachineMeter } from './machine.ts';

/** What the optimiser hears of the transfers, and what follows for those that run. */
export interface Steering {
  /** Files of adaptive jobs at once. */
  readonly files: number;
  /** How many and what size the connections of a file that begins are. */
  begin(item: ItemRow): TransferLimits;
  /** Samples of the thread that fetches. @param waiting items that could begin */
  observe(samples: readonly TransferSample[], waiting: number): void;
  end(itemId: string, result: TransferResult | undefined): void;
}

export interface SteeringDeps {
  readonly clock: Clock;
  readonly active: ActiveItems;
  readonly optimiser: () => Pick<Optimiser, 'begin' | 'observe' | 'end'>;
  /** More files may begin than before. */
  readonly onMore: () => void;
}

export function createSteering(deps: SteeringDeps): Steering {
  const { clock, active, optimiser } = deps;
  const machine = createMachineMeter();
  let files = 1;

  function allow(parallelFiles: number): void {
    if (parallelFiles > files) deps.onMore();
    files = Math.max(1, parallelFiles);
  }

  return {
    get files() {
      return files;
    },
    begin(item) {
      const choice = optimiser().begin({
        id: item.id,
        host: item.host,
        sizeBytes: item.size_bytes,
        at: clock.now(),
      });
      allow(choice.parallelFiles);
      return choice;
    },
    observe(samples, waiting) {
      for (const sample of samples) {
        const each = active.get(sample.id);
        if (each === undefined) continue;
        each.sample = sample;
        if (each.result === undefined) each.phase = sample.phase;
        each.meter.add(sample.at, sample.receivedBytes);
      }
      const [first] = samples;
      if (first === undefined) return;
      const load = machine(clock.now(), first);
      const { parallelFiles, choices } = optimiser().observe(samples, load, waiting);
      for (const [id, choice] of choices) active.get(id)?.transfer?.setLimits(choice);
      allow(parallelFiles);
    },
    end: (itemId, result) => optimiser().end(itemId, result),
  };
}
