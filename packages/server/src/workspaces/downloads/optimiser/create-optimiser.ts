import type { HostHistory } from '../contract.ts';
import type { TransferSample } from '../transfer/transfer.ts';
import { type HostChange, HostControl, type HostInput } from './host-control.ts';
import { HostRecord } from './host-record.ts';
import { MODES, type ModeRules, sizeGroup } from './modes.ts';
import { networkClass } from './network-class.ts';
import type { Choice, Decision, MachineSample, Optimiser, OptimiserBounds } from './optimiser.ts';
import { pieceSize } from './piece-size.ts';
import {
  preferredConnections,
  type SharedFile,
  shareConnections,
  usableConnections,
} from './share-connections.ts';

const MAX_DECISIONS = 100;
const MAX_HOSTS = 1000;
/** A connection's buffers and what is written behind it. */
const BYTES_PER_CONNECTION = 16 * 1024 * 1024;
/** Left to the rest of the machine. */
const FREE_BYTES = 128 * 1024 * 1024;
/** From here on more cannot help. */
const FULL_CPU = 0.9;
/** A machine that is busy, and with us. */
const FULL_MACHINE = 0.97;
const FULL_MACHINE_SHARE = 0.5;
const FULL_DISK = 0.85;
/** A thread that fetches and never waits for the network. */
const FULL_THREAD = 0.9;
/** So long after it was full, it is believed to have room. */
const ROOM_AFTER_MS = 1000;
const FULL_RATE = 0.92;
/** Between two looks. */
const LEAST_MS = 50;
const GAP_MS = 2000;
/** Host of files that come from nowhere known yet. */
const ANY = '';

interface File {
  id: string;
  host: string;
  sizeBytes: number | null;
  sample: TransferSample | null;
  /** Connections it has been given. */
  connections: number;
  pieceBytes: number;
  /** When it began, where that was told. */
  readonly at: number | undefined;
}

interface Host {
  readonly record: HostRecord;
  control: HostControl | null;
  // Since the last look.
  bytes: number;
  requests: number;
  failures: number;
  refusals: number;
  /** Its class at the last look: smaller pieces. */
  unstable: boolean;
}

/** @param history of earlier visits (host-store.ts): a host that was seen begins with what was best for it. */
export function createOptimiser(options: {
  readonly bounds: OptimiserBounds;
  readonly history?: readonly HostHistory[];
}): Optimiser {
  let { bounds } = options;
  let rules: ModeRules = MODES[bounds.mode];
  const hosts = new Map<string, Host>();
  const files = new Map<string, File>();
  const decisions: Decision[] = [];
  const listeners = new Set<(decision: Decision) => void>();
  let machine: MachineSample | null = null;
  let lastAt = 0;
  let rate = 0;
  /** When the thread that fetches last had no time to wait for a network. */
  let fullAt = Number.NEGATIVE_INFINITY;

  for (const seen of options.history ?? []) hosts.set(seen.host, newHost(seen.host, seen));

  function newHost(host: string, history?: HostHistory): Host {
    return {
      record: new HostRecord(host, history),
      control: null,
      ...{ bytes: 0, requests: 0, failures: 0, refusals: 0, unstable: false },
    };
  }

  function hostOf(name: string): Host {
    let host = hosts.get(name);
    if (!host) {
      if (hosts.size >= MAX_HOSTS) forgetOldest();
      host = newHost(name);
      hosts.set(name, host);
    }
    return host;
  }

  function forgetOldest(): void {
    const used = new Set([...files.values()].map((file) => file.host));
    const oldest = [...hosts]
      .filter(([name]) => !used.has(name))
      .sort((a, b) => a[1].record.lastAt - b[1].record.lastAt)[0];
    if (oldest) hosts.delete(oldest[0]);
  }

  function cap(host: string): number {
    const own = bounds.hosts[host] ?? bounds.hosts['*'] ?? bounds.maxConnections;
    return Math.max(1, Math.min(own, bounds.maxConnections));
  }

  function limitOf(host: string): { connections: number; reason: 'cap' | 'memory' | 'mode' } {
    const allowed = Math.min(cap(host), rules.most);
    const reason = cap(host) <= rules.most ? 'cap' : 'mode';
    if (!machine) return { connections: allowed, reason };
    // What runs holds its buffers already. Below what is left to others, connections are taken away.
    const more = Math.floor((machine.freeMemoryBytes - FREE_BYTES) / BYTES_PER_CONNECTION);
    const memory = Math.max(1, openOf(host) + more);
    return memory < allowed
      ? { connections: memory, reason: 'memory' }
      : { connections: allowed, reason };
  }

  function openOf(host: string): number {
    let open = 0;
    for (const file of files.values())
      if (file.host === host) open += file.sample?.connections ?? 0;
    return open;
  }

  function boundBy(waiting: number): HostInput['bound'] {
    if (bounds.bytesPerSecond !== null && rate >= FULL_RATE * bounds.bytesPerSecond) return 'cap';
    if (!machine) return null;
    // With several files more connections also fill the pauses at the end of one and the beginning of the next.
    if (files.size + waiting === 1 && machine.threadBusy >= FULL_THREAD) return 'thread-bound';
    if (machine.cpu >= FULL_CPU || isFull(machine)) return 'cpu-bound';
    const diskBusy = ((machine.diskWriteMsPerMb ?? 0) / 1000) * (rate / (1024 * 1024));
    return diskBusy >= FULL_DISK ? 'disk-bound' : null;
  }

  function classOf(host: Host) {
    return host.record.toHistory().networkClass;
  }

  function decide(
    host: string,
    change: HostChange,
    pieceBytes: number,
    parallelFiles: number,
  ): void {
    if (host === ANY) return;
    const decision: Decision = {
      at: Math.round(lastAt),
      mode: bounds.mode,
      networkClass: classOf(hostOf(host)),
      connections: change.connections,
      pieceBytes,
      parallelFiles,
      reason: change.reason,
      numbers: {
        ...change.numbers,
        ...(change.reason === 'cpu-bound' && { cpu: machine?.cpu ?? 0 }),
        ...(change.reason === 'thread-bound' && { cpu: machine?.threadBusy ?? 0 }),
        ...(change.reason === 'disk-bound' && { ms: machine?.diskWriteMsPerMb ?? 0 }),
      },
    };
    decisions.unshift(decision);
    if (decisions.length > MAX_DECISIONS) decisions.pop();
    for (const listener of listeners) listener(decision);
  }

  /** The control of a host, begun when the first of its files is. */
  function controlOf(name: string, sizeBytes: number | null, at?: number): HostControl {
    const host = hostOf(name);
    if (!host.control) {
      const known = host.record.bestConnections > 0;
      const wished = known ? host.record.bestConnections : rules.start[sizeGroup(sizeBytes)];
      const connections = Math.max(1, Math.min(wished, limitOf(name).connections));
      host.control = new HostControl(rules, {
        connections,
        known,
        refusedAt: host.record.refusedAt,
        at,
      });
      const reason = known ? 'history' : 'start';
      const numbers = { to: connections, bytesPerSecond: host.record.bytesPerSecond };
      decide(
        name,
        { connections, reason, numbers },
        pieceOf(name, sizeBytes, connections),
        filesFor(name, sizeBytes),
      );
    }
    return host.control;
  }

  function pieceOf(name: string, sizeBytes: number | null, connections: number): number {
    const host = hostOf(name);
    return pieceSize({
      sizeBytes,
      connections,
      bytesPerSecond: host.record.bytesPerSecondPerConnection,
      latencyMs: host.record.latencyMs,
      full: lastAt - fullAt < ROOM_AFTER_MS,
      unstable: classOf(host) === 'UNSTABLE',
    });
  }

  /** Files of this kind at once, if all were like it. */
  function filesFor(name: string, sizeBytes: number | null): number {
    const host = hostOf(name);
    const total = host.control?.target ?? rules.start[sizeGroup(sizeBytes)];
    const each = preferredConnections(sizeBytes, host.record.bytesPerSecondPerConnection, rules);
    return clampFiles(Math.max(1, Math.floor(total / each)));
  }

  function clampFiles(wanted: number): number {
    return Math.max(1, Math.min(wanted, bounds.maxFiles, bounds.mode === 'minimal' ? 1 : 64));
  }

  function take(sample: TransferSample): void {
    let file = files.get(sample.id);
    if (!file) {
      file = newFile(sample.id, sample.host ?? ANY, sample.sizeBytes);
      files.set(sample.id, file);
    }
    if (sample.host && file.host !== sample.host) {
      file.host = sample.host;
      enter(file);
    }
    file.sizeBytes = sample.sizeBytes ?? file.sizeBytes;
    const host = hostOf(file.host);
    const before = file.sample;
    host.bytes += Math.max(0, sample.receivedBytes - (before?.receivedBytes ?? 0));
    host.requests += Math.max(0, sample.requests - (before?.requests ?? 0));
    host.failures += Math.max(0, sample.failures - (before?.failures ?? 0));
    host.refusals += Math.max(0, sample.refusals - (before?.refusals ?? 0));
    file.sample = sample;
  }

  /** A file comes to a host: files that are mostly waiting go side by side from the start, where the host lets them. */
  function enter({ host, sizeBytes, at }: File): HostControl {
    const control = controlOf(host, sizeBytes, at);
    if (sizeGroup(sizeBytes) === 'small' && control.refusedAt === null) {
      const to = Math.min(rules.start.small, limitOf(host).connections);
      const from = control.target;
      if (control.raise(to)) {
        const change = { connections: to, reason: 'small-files', numbers: { from, to } };
        decide(host, change, pieceOf(host, sizeBytes, 1), filesFor(host, sizeBytes));
      }
    }
    return control;
  }

  function newFile(id: string, host: string, sizeBytes: number | null, at?: number): File {
    return { at, id, host, sizeBytes, sample: null, connections: 1, pieceBytes: 0 };
  }

  function observeHost(name: string, waiting: number, ms: number): void {
    const host = hostOf(name);
    const running = [...files.values()].filter((file) => file.host === name && fetches(file));
    const open = running.reduce((sum, file) => sum + (file.sample?.connections ?? 0), 0);
    const latencies = running.flatMap((file) => file.sample?.latencyMs ?? []).sort((a, b) => a - b);
    const latencyMs = latencies[Math.floor(latencies.length / 2)] ?? null;
    const perConnection = host.record.bytesPerSecondPerConnection;
    const { bytes, requests, failures, refusals } = host;
    Object.assign(host, { bytes: 0, requests: 0, failures: 0, refusals: 0 });
    host.record.note({
      at: lastAt,
      ms,
      bytes,
      connections: open,
      requests,
      failures: Math.max(0, failures - refusals),
      latencyMs,
    });
    if (running.length === 0) return;

    const control = controlOf(name, running[0]!.sizeBytes);
    // While others wait, a file that is done in a moment is left to one connection.
    const usable = (file: SharedFile) =>
      waiting > 0 && sizeGroup(file.sizeBytes) !== 'large'
        ? 1
        : usableConnections(file, perConnection);
    const before = control.target;
    const change = control.step({
      ...{ at: lastAt, bytes, connections: open, requests, refusals, latencyMs },
      cpu: machine?.cpu ?? 0,
      limit: limitOf(name),
      bound: boundBy(waiting),
    });
    if (control.settled) host.record.bestConnections = control.target;
    host.record.refusedAt = control.refusedAt;
    const unstable = classOf(host) === 'UNSTABLE';
    const shares = shareConnections(running.map(shared), control.target, usable);
    for (const file of running) {
      file.connections = shares.get(file.id) ?? 1;
      file.pieceBytes = steadyPiece(
        file.pieceBytes,
        pieceOf(name, file.sizeBytes, file.connections),
        unstable,
      );
    }
    const tell = (what: HostChange) =>
      decide(name, what, running[0]!.pieceBytes, filesFor(name, running[0]!.sizeBytes));
    if (change) {
      if (change.connections !== before) host.record.changed();
      tell(change);
    }
    if (unstable && !host.unstable) {
      const { failureRate, variation } = host.record;
      const numbers = { to: control.target, failureRate, variation };
      tell({ connections: control.target, reason: 'errors', numbers });
    }
    host.unstable = unstable;
  }

  function filesNow(waiting: number): number {
    const running = [...files.values()];
    if (running.length === 0) return clampFiles(rules.start.medium);
    // What is checked needs no connection: another file may have it.
    const busy = running.filter(fetches);
    // Nor does what waits for its next attempt, unless it waits because there were too many.
    const resting = busy.filter(
      ({ host, sample }) =>
        sample?.phase === 'backing-off' && hostOf(host).record.refusedAt === null,
    ).length;
    let room = 0;
    for (const name of new Set(running.map((file) => file.host))) {
      const host = hostOf(name);
      const own = running.filter((file) => file.host === name);
      const preferred = (file: File) =>
        preferredConnections(file.sizeBytes, host.record.bytesPerSecondPerConnection, rules);
      const used = own.filter(fetches).reduce((sum, file) => sum + preferred(file), 0);
      const each = own.map(preferred).sort((a, b) => a - b);
      const typical = each[Math.floor(each.length / 2)]!;
      const target = host.control?.target ?? rules.start.medium;
      // Below zero when there are more files than connections: no file is put back for it, but none follows.
      room += Math.trunc((target - used) / typical);
      // A host that is full by its own cap leaves room for files of others.
      if (target >= cap(name) && target < bounds.maxConnections && rules.most > 1) room += 1;
    }
    return clampFiles(running.length + Math.min(room + resting, waiting));
  }

  function choicesNow(waiting: number): ReturnType<Optimiser['observe']> {
    const parallelFiles = filesNow(waiting);
    const choices = new Map<string, Choice>();
    for (const file of files.values()) {
      if (file.pieceBytes === 0)
        file.pieceBytes = pieceOf(file.host, file.sizeBytes, file.connections);
      const { connections, pieceBytes } = file;
      choices.set(file.id, { connections, pieceBytes, parallelFiles });
    }
    return { parallelFiles, choices };
  }

  return {
    setBounds(next) {
      const modeChanged = next.mode !== bounds.mode;
      bounds = next;
      if (!modeChanged) return;
      rules = MODES[bounds.mode];
      for (const host of hosts.values()) host.control = null;
    },

    begin({ id, host, sizeBytes, at }) {
      const name = host ?? ANY;
      const file = newFile(id, name, sizeBytes, at);
      if (at !== undefined && files.size === 0) lastAt = at;
      files.set(id, file);
      const control = enter(file);
      const others = [...files.values()].filter((other) => other.host === name && other !== file);
      const given = others.reduce((sum, other) => sum + other.connections, 0);
      // The first may have all; those after it what others leave, until the next sample divides anew.
      const wanted =
        others.length === 0
          ? usableConnections(shared(file), null)
          : preferredConnections(sizeBytes, hostOf(name).record.bytesPerSecondPerConnection, rules);
      file.connections = Math.max(1, Math.min(wanted, control.target - given));
      file.pieceBytes = pieceOf(name, sizeBytes, file.connections);
      return {
        connections: file.connections,
        pieceBytes: file.pieceBytes,
        parallelFiles: filesFor(name, sizeBytes),
      };
    },

    observe(samples, machineNow, waiting) {
      machine = machineNow;
      for (const sample of samples) take(sample);
      const since = machineNow.at - lastAt;
      // The engine also tells of each file that ends; a moment says nothing of a speed.
      if (since >= 0 && since < LEAST_MS) return choicesNow(waiting);
      // Nor does the time in which nothing ran.
      const ms = lastAt === 0 || since > GAP_MS ? 0 : Math.max(0, since);
      lastAt = machineNow.at;
      if (machineNow.threadBusy >= FULL_THREAD || isFull(machineNow)) fullAt = lastAt;
      const total = [...hosts.values()].reduce((sum, host) => sum + host.bytes, 0);
      if (ms > 0) rate = smooth(rate, (total * 1000) / ms, ms);
      const active = new Set([...files.values()].map((file) => file.host));
      for (const [name, host] of hosts)
        if (active.has(name) || host.bytes > 0) observeHost(name, waiting, ms);
      return choicesNow(waiting);
    },

    end(id, result) {
      const file = files.get(id);
      files.delete(id);
      if (!file || !result) return;
      const host = hostOf(result.facts.host);
      host.bytes += Math.max(0, result.receivedBytes - (file.sample?.receivedBytes ?? 0));
    },

    onDecision(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    view() {
      const records = [...hosts.values()].filter(
        (host) => host.record.lastAt > 0 && host.record.host !== ANY,
      );
      const busy = [...files.values()].filter(fetches);
      return {
        mode: bounds.mode,
        networkClass: overallClass(records.map((host) => host.record)),
        now: {
          bytesPerSecond: busy.length > 0 ? Math.round(rate) : 0,
          connections: busy.reduce((sum, file) => sum + (file.sample?.connections ?? 0), 0),
          cpu: machine?.cpu ?? 0,
          memoryBytes: machine?.memoryBytes ?? 0,
          diskWriteMsPerMb: machine?.diskWriteMsPerMb ?? null,
        },
        decisions: [...decisions],
        hosts: records.map((host) => host.record.toHistory()).sort((a, b) => b.lastAt - a.lastAt),
      };
    },
  };
}

/** By us: what others do to it is no reason to hold back. */
function isFull({ machineCpu, cpu }: MachineSample): boolean {
  return machineCpu >= FULL_MACHINE && cpu >= FULL_MACHINE_SHARE;
}

function shared(file: File): SharedFile {
  return {
    id: file.id,
    sizeBytes: file.sizeBytes,
    doneBytes: file.sample?.doneBytes ?? 0,
    connections: file.connections,
  };
}

/** Whether a file has or waits for connections; one that is checked does not. */
function fetches(file: File): boolean {
  const phase = file.sample?.phase;
  return phase !== 'verifying' && phase !== 'repairing';
}

/** Pieces change by a factor of four or not at all: each change leaves pieces of two sizes in the file. */
function steadyPiece(now: number, wanted: number, unstable: boolean): number {
  if (now === 0 || wanted >= 4 * now || wanted * 4 <= now) return wanted;
  return unstable ? Math.min(now, wanted) : now;
}

/** Over about a second. */
function smooth(before: number, now: number, ms: number): number {
  const share = 1 - Math.exp(-ms / 700);
  return before === 0 ? now : before + share * (now - before);
}

/** Of all hosts together: the class most of the work of the last day was done in. */
function overallClass(records: readonly HostRecord[]) {
  const latest = records.reduce((at, record) => Math.max(at, record.lastAt), 0);
  const recent = records.filter((record) => record.lastAt > latest - 60_000);
  const weighed = recent
    .map((record) => record.toHistory())
    .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond);
  return (
    weighed[0]?.networkClass ??
    networkClass({ bytesPerSecond: 0, variation: 0, failureRate: 0, seconds: 0 })
  );
}
