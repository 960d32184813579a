import { createRandom } from '../../../../testing/random.ts';
import type { TransferSample } from '../../transfer/transfer.ts';
import type { Choice, MachineSample, Optimiser } from '../optimiser.ts';
import { pieceSize } from '../piece-size.ts';

const MIB = 1024 * 1024;
const STEP_MS = 1;
const SAMPLE_MS = 100;

/** A line, a server and a machine. Rates in bytes per second. */
export interface SimulatedWorld {
  readonly seed: number;
  readonly files: readonly number[];
  /** Most of one connection. */
  readonly perConnection: number;
  /** Most of all together, by milliseconds since the start. */
  readonly bottleneck?: (ms: number) => number;
  /** Milliseconds from a request to its first byte. */
  readonly latencyMs?: number;
  /** What the processor moves in a second, alone; each connection more costs `connectionCost` of it. */
  readonly processor?: number;
  readonly connectionCost?: number;
  /** Connections beyond are answered 429. */
  readonly cap?: (ms: number) => number;
  /** Of requests. */
  readonly resets?: number;
  readonly unavailable?: number;
  readonly backOffMs?: number;
  /** Milliseconds a new connection takes to its full rate. */
  readonly slowStartMs?: number;
  /** Share by which the line's rate moves up and down at random, ten times a second. */
  readonly noise?: number;
  /** Between the last byte of a file and the next one: checking and naming it. */
  readonly finishMs?: number;
  readonly stopAtMs?: number;
}

export interface SimulatedRun {
  readonly ms: number;
  readonly bytes: number;
  /** Connections asked for, at each sample. */
  readonly targets: readonly number[];
  readonly files: readonly number[];
  readonly refusals: number;
}

/** Who decides. `fixed` gives the same always. */
export interface Decider {
  begin: Optimiser['begin'];
  observe: Optimiser['observe'];
  end: Optimiser['end'];
}

/** So many connections in all: on one file when there is one, on as many files otherwise. */
export function fixed(connections: number, sizes: readonly number[]): Decider {
  const one = sizes.length === 1;
  const each = one ? connections : 1;
  const parallelFiles = one ? 1 : connections;
  const pieceBytes = pieceSize({
    ...{ sizeBytes: sizes[0]!, connections: each, unstable: false },
    ...{ bytesPerSecond: null, latencyMs: null, full: false },
  });
  const choice: Choice = { connections: each, pieceBytes, parallelFiles };
  return {
    begin: () => choice,
    observe: () => ({ parallelFiles, choices: new Map() }),
    end: () => {},
  };
}

interface Connection {
  state: 'waiting' | 'receiving' | 'backing-off';
  until: number;
  left: number;
  openedAt: number;
  fails: boolean;
}

interface RunningFile {
  readonly id: string;
  readonly size: number;
  assigned: number;
  received: number;
  requests: number;
  failures: number;
  refusals: number;
  choice: Choice;
  readonly connections: Connection[];
  finishedAt: number | null;
}

/** Plays a world with a decider, in steps of a millisecond and samples of 100 ms. The same seed gives the same run. */
export function simulate(world: SimulatedWorld, decider: Decider): SimulatedRun {
  const random = createRandom(world.seed);
  const latency = world.latencyMs ?? 1;
  const queue = world.files.map((size, i) => ({ id: `f${i}`, size }));
  const running: RunningFile[] = [];
  const targets: number[] = [];
  const fileCounts: number[] = [];
  let parallelFiles = 1;
  let now = 0;
  let bytes = 0;
  let refusals = 0;
  let busyMs = 0;
  let lineNoise = 1;

  function open(file: RunningFile): void {
    file.connections.push({
      ...{ state: 'waiting', until: now + latency, left: 0, openedAt: now, fails: false },
    });
    ask(file, file.connections.at(-1)!);
  }

  function openCount(): number {
    return running.reduce(
      (sum, file) => sum + file.connections.filter((c) => c.state !== 'backing-off').length,
      0,
    );
  }

  /** The next piece for a connection; false when there is none. */
  function ask(file: RunningFile, connection: Connection): boolean {
    const rest = file.size - file.assigned;
    if (rest <= 0 && !split(file, connection)) return false;
    if (rest > 0) {
      connection.left = Math.min(file.choice.pieceBytes, rest);
      file.assigned += connection.left;
    }
    request(file, connection);
    return true;
  }

  function request(file: RunningFile, connection: Connection): void {
    file.requests++;
    connection.state = 'waiting';
    connection.until = now + latency;
    if (openCount() > (world.cap?.(now) ?? Number.POSITIVE_INFINITY)) {
      file.refusals++;
      refusals++;
      fail(file, connection);
      return;
    }
    if (random() < (world.unavailable ?? 0)) fail(file, connection);
    else connection.fails = random() < (world.resets ?? 0);
  }

  function fail(file: RunningFile, connection: Connection): void {
    file.failures++;
    connection.state = 'backing-off';
    connection.until = now + latency + (world.backOffMs ?? 200) * (0.5 + random());
  }

  function split(file: RunningFile, connection: Connection): boolean {
    const largest = file.connections.reduce((a, b) => (b.left > a.left ? b : a));
    if (largest === connection || largest.left < MIB / 2) return false;
    connection.left = largest.left / 2;
    largest.left /= 2;
    return true;
  }

  function start(): void {
    while (queue.length > 0 && running.length < parallelFiles) {
      const { id, size } = queue.shift()!;
      const choice = decider.begin({ id, host: 'host', sizeBytes: size, at: 1_000_000 + now });
      if (running.length === 0 && now === 0) parallelFiles = choice.parallelFiles;
      const file: RunningFile = {
        ...{ id, size, choice, assigned: 0, received: 0, requests: 0, failures: 0, refusals: 0 },
        ...{ connections: [], finishedAt: null },
      };
      running.push(file);
      for (let i = 0; i < choice.connections && file.assigned < size; i++) open(file);
    }
  }

  function receive(): void {
    const receiving = running.flatMap((file) =>
      file.connections.filter((c) => c.state === 'receiving').map((c) => ({ file, c })),
    );
    const n = receiving.length;
    if (n === 0) return;
    const line = (world.bottleneck?.(now) ?? Number.POSITIVE_INFINITY) * lineNoise;
    const wanted = receiving.map(({ c }) => {
      const grown = world.slowStartMs
        ? Math.min(1, (now - c.openedAt + 50) / world.slowStartMs)
        : 1;
      return world.perConnection * grown * (world.bottleneck ? 1 : lineNoise);
    });
    const sum = wanted.reduce((a, b) => a + b, 0);
    const processor =
      (world.processor ?? Number.POSITIVE_INFINITY) / (1 + (world.connectionCost ?? 0) * (n - 1));
    const share = Math.min(1, line / sum, processor / sum);
    busyMs += STEP_MS * Math.min(1, (sum * share) / processor);
    receiving.forEach(({ file, c }, i) => {
      const came = Math.min(c.left, (wanted[i]! * share * STEP_MS) / 1000);
      c.left -= came;
      file.received += came;
      bytes += came;
      // A reset comes in the middle of what was asked for; what came is kept.
      if (c.fails && random() < 0.01 * STEP_MS) {
        c.fails = false;
        fail(file, c);
      } else if (c.left <= 1) {
        c.left = 0;
        if (file.connections.length > file.choice.connections || !ask(file, c)) {
          file.connections.splice(file.connections.indexOf(c), 1);
        }
      }
    });
  }

  function turn(): void {
    for (const file of running) {
      for (const c of file.connections) {
        if (c.state === 'waiting' && now >= c.until) c.state = 'receiving';
        else if (c.state === 'backing-off' && now >= c.until) request(file, c);
      }
      if (file.assigned >= file.size && file.connections.length === 0) {
        file.finishedAt ??= now + (world.finishMs ?? 2);
      }
    }
    for (const file of running.filter((one) => one.finishedAt !== null && one.finishedAt <= now)) {
      running.splice(running.indexOf(file), 1);
      decider.end(file.id, {
        receivedBytes: file.received,
        facts: {
          ...{ host: 'host', sizeBytes: file.size, etag: null, contentType: null },
          ...{ fileName: null, ranges: true },
        },
      });
    }
  }

  function sample(): void {
    const machine: MachineSample = {
      at: 1_000_000 + now,
      ...{ cpu: busyMs / SAMPLE_MS, machineCpu: busyMs / SAMPLE_MS / 2 },
      ...{ memoryBytes: 100 * MIB, freeMemoryBytes: 4096 * MIB, diskWriteMsPerMb: 0.2 },
      threadBusy: busyMs / SAMPLE_MS,
    };
    busyMs = 0;
    const samples = running.map(
      (file): TransferSample => ({
        ...{ id: file.id, at: machine.at, host: 'host', sizeBytes: file.size },
        phase:
          file.finishedAt !== null
            ? 'verifying'
            : file.connections.every((c) => c.state === 'backing-off')
              ? 'backing-off'
              : 'downloading',
        ...{ doneBytes: file.received, receivedBytes: file.received, wastedBytes: 0 },
        connections: file.connections.filter((c) => c.state !== 'backing-off').length,
        latencyMs: latency,
        ...{ requests: file.requests, failures: file.failures, refusals: file.refusals },
        ...{ diskWriteMsPerMb: 0.2, threadBusy: machine.threadBusy },
      }),
    );
    const decided = decider.observe(samples, machine, queue.length);
    parallelFiles = decided.parallelFiles;
    for (const file of running) {
      const choice = decided.choices.get(file.id);
      if (choice) file.choice = choice;
      // What waits for its next attempt goes first.
      for (let i = file.connections.length - 1; i >= 0; i--) {
        const { state, left } = file.connections[i]!;
        if (file.connections.length <= file.choice.connections) break;
        if (state !== 'backing-off') continue;
        file.assigned -= left;
        file.connections.splice(i, 1);
      }
      while (file.connections.length < file.choice.connections && file.finishedAt === null) {
        const before = file.connections.length;
        const connection: Connection = {
          ...{ state: 'waiting', until: now + latency, left: 0, openedAt: now, fails: false },
        };
        if (file.assigned >= file.size && before === 0) break;
        file.connections.push(connection);
        if (!ask(file, connection)) {
          file.connections.pop();
          break;
        }
      }
    }
    const open = running.filter((file) => file.finishedAt === null);
    targets.push(open.reduce((sum, file) => sum + file.choice.connections, 0));
    fileCounts.push(running.length);
  }

  const stopAt = world.stopAtMs ?? 10 * 60_000;
  while ((queue.length > 0 || running.length > 0) && now < stopAt) {
    start();
    receive();
    now += STEP_MS;
    turn();
    if (now % SAMPLE_MS !== 0) continue;
    lineNoise = 1 + (world.noise ?? 0) * (2 * random() - 1);
    sample();
  }
  return { ms: now, bytes, targets, files: fileCounts, refusals };
}
