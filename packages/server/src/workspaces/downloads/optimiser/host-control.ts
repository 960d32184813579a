import type { ModeRules } from './modes.ts';

/** What a host did since the last look. */
export interface HostInput {
  /** UTC epoch ms. */
  readonly at: number;
  readonly bytes: number;
  /** Open now. */
  readonly connections: number;
  readonly requests: number;
  readonly refusals: number;
  readonly latencyMs: number | null;
  /** 0..1, of the processor: whether one more attempt costs something. */
  readonly cpu: number;
  /** Most allowed now, and by what. */
  readonly limit: { readonly connections: number; readonly reason: 'cap' | 'memory' | 'mode' };
  /** What is at its end, so that more connections cannot help; null when nothing is. */
  readonly bound: 'thread-bound' | 'cpu-bound' | 'disk-bound' | 'cap' | null;
}

export interface HostChange {
  readonly connections: number;
  readonly reason: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Refusals at one level before it is believed, and their least share of the requests: single ones happen. */
const REFUSALS = { least: 2, share: 0.1 } as const;
/** No attempt above a level that was refused for this long. */
const REFUSED_MS = 60_000;
/** Longer between two looks is a pause. */
const GAP_MS = 2000;
/** What a level is judged by: intervals after the first, which still holds the change itself. */
const SETTLED_MS = 190;
const PROBE_MS = 390;
/** Between attempts when nothing changes: doubled by each that finds nothing. */
const PROBE_EVERY_MS = 8_000;
const MAX_PROBE_EVERY_MS = 64_000;
/** After one that was right: the next step may be right too. */
const PROBE_AGAIN_MS = 2_000;
/** A speed beyond these shares of what it was, for two seconds, is another line. */
const CHANGED = { down: 0.6, up: 1.6 } as const;
/** Below this the processor has room: twice as many connections cost nothing. */
const IDLE_CPU = 0.5;
const BUSY_CPU = 0.9;
/** Below this a tenth of a second after a change shows what the change does. */
const NEAR_MS = 25;
/** What a thread that stays full may lose at a look: looks vary that much. */
const FULL_LOSS = 0.2;
/** Connections that are one too many end with their piece: no longer than this is waited for it. */
const TAKES_EFFECT_MS = 5_000;
/** One is read while the other waits for its answer. */
const FEWEST_FULL = 2;
/** After so long at a thread that is full, it is not just the start of something. */
const FULL_MS = 1000;
/** A doubling that brought this share of the ideal leaves nothing to gain by fewer. */
const PROPORTIONAL = 0.85;

type Phase = 'ramp' | 'steady' | 'up' | 'down';

interface Level {
  readonly connections: number;
  readonly rate: number;
}

/**
 * How many connections a host gets. Doubles while the throughput follows, goes back when it does not, then holds, and tries a
 * few more or a few less now and then. Only refusals take connections away at once; other failures never do.
 */
export class HostControl {
  target: number;
  readonly #rules: ModeRules;
  #phase: Phase;
  /** The level the target is tried against. */
  #base: Level | null = null;
  /** Whether the base was measured for seconds, and not for a tenth of one on the way up. */
  #baseIsSteady = false;
  /** Most connections that were let through. */
  #held = 0;
  /** Whether the first doubling, before anything was measured, has been. */
  #leapt = false;
  /** What kept the doubling back, until it does no more. */
  #bound: HostInput['bound'] = null;
  #boundAt = 0;
  #triedAt = 0;
  /** So few keep a full thread full, as far as is known. */
  #fewest = FEWEST_FULL;
  /** Whether fewer are tried because the thread is full: that is seen at once, where a small loss takes long. */
  #threadFull = false;
  /** Highest rate since the line was last seen to change: what is given up by fewer is measured against it. */
  #best = 0;
  #proportional = false;
  #refusedAt: number | null = null;
  #refusedUntil = 0;
  #probeEveryMs = PROBE_EVERY_MS;
  #probeAt = 0;
  #upNext = true;
  #changedAllowedAt = 0;

  #lastAt: number | null = null;
  // Of the target as it is now.
  #firstMs = 0;
  #firstBytes = 0;
  #ms = 0;
  #bytes = 0;
  #requests = 0;
  #refusals = 0;
  #lowered = false;
  /** Bytes per second of the last seconds at this level. */
  #secondMs = 0;
  #secondBytes = 0;
  #seconds: number[] = [];

  constructor(
    rules: ModeRules,
    start: {
      readonly connections: number;
      /** From history: holds what was best then. */
      readonly known: boolean;
      readonly refusedAt?: number | null;
      readonly at?: number | undefined;
    },
  ) {
    this.#rules = rules;
    this.target = start.connections;
    this.#refusedAt = start.refusedAt ?? null;
    if (start.at !== undefined) this.#begin(start.at);
    this.#phase = start.known ? 'steady' : 'ramp';
  }

  get refusedAt(): number | null {
    return this.#refusedAt;
  }

  /** True where the target is what was found to be best, and not being tried. */
  get settled(): boolean {
    return this.#phase === 'steady';
  }

  /** More from the start, for files that are mostly waiting. */
  raise(connections: number): boolean {
    if (connections <= this.target) return false;
    this.#moveTo(connections);
    this.#phase = 'steady';
    this.#base = null;
    return true;
  }

  step(input: HostInput): HostChange | null {
    if (this.#lastAt === null) this.#begin(input.at);
    const ms = input.at - this.#lastAt!;
    if (ms <= 0) return null;
    this.#lastAt = input.at;
    if (ms > GAP_MS) {
      // Nothing ran, or we were not asked: what came meanwhile is no measurement.
      this.#restart();
      this.#probeAt = Math.max(this.#probeAt, input.at + this.#probeEveryMs);
      return null;
    }
    this.#measure(input, ms);

    const most = this.#most(input);
    if (this.target > most) return this.#fall(most, input);
    const refused = this.#refused(input);
    if (refused) return refused;
    switch (this.#phase) {
      case 'ramp':
        return this.#ramp(input, most);
      case 'steady':
        return this.#steady(input, most);
      case 'up':
        return this.#judgeUp(input, most);
      case 'down':
        return this.#judgeDown(input);
    }
  }

  #begin(at: number): void {
    this.#lastAt = at;
    this.#probeAt = at + this.#probeEveryMs;
    this.#refusedUntil = at + REFUSED_MS;
  }

  #measure(input: HostInput, ms: number): void {
    // What was asked for before the last change is still being answered.
    if (this.#lowered && this.#firstMs === 0) {
      this.#lowered = false;
    } else {
      this.#requests += input.requests;
      this.#refusals += input.refusals;
      // In the first interval answers may still be on their way.
      if (this.#refusals === 0 && this.#firstMs > 0) {
        this.#held = Math.max(this.#held, Math.min(input.connections, this.target));
      }
    }
    // With too little to do, or too many waiting for another attempt, the throughput says nothing of the level.
    if (input.connections < 0.6 * this.target) return;
    if (this.#firstMs === 0) {
      this.#firstMs = ms;
      this.#firstBytes = input.bytes;
      return;
    }
    this.#ms += ms;
    this.#bytes += input.bytes;
    this.#secondMs += ms;
    this.#secondBytes += input.bytes;
    if (this.#secondMs < 1000) return;
    this.#seconds.push((this.#secondBytes * 1000) / this.#secondMs);
    if (this.#seconds.length > 10) this.#seconds.shift();
    this.#secondMs = 0;
    this.#secondBytes = 0;
  }

  #most(input: HostInput): number {
    const most = Math.min(input.limit.connections, this.#rules.most);
    if (this.#refusedAt === null || input.at >= this.#refusedUntil) return Math.max(1, most);
    return Math.max(1, Math.min(most, this.#refusedAt - 1));
  }

  #fall(most: number, input: HostInput): HostChange {
    const from = this.target;
    this.#settleAt(most, input.at);
    return { connections: most, reason: input.limit.reason, numbers: { from, to: most } };
  }

  #refused(input: HostInput): HostChange | null {
    if (this.target === 1 || this.#refusals < REFUSALS.least) return null;
    if (this.#refusals < REFUSALS.share * this.#requests) return null;
    const from = this.target;
    // What was open beside the refused ones is what the server allows; a level that held is known to be.
    const open = Math.min(input.connections, from - Math.min(this.#refusals, from - 1));
    const to = Math.max(1, Math.min(Math.max(this.#held, open), from - 1));
    this.#held = 0;
    const refusals = this.#refusals;
    this.#refusedAt = to + 1;
    this.#refusedUntil = input.at + REFUSED_MS;
    // What the server counts are connections: fewer would give less.
    this.#proportional = true;
    this.#settleAt(to, input.at);
    return { connections: to, reason: 'refused', numbers: { from, to, refusals } };
  }

  #ramp(input: HostInput, most: number): HostChange | null {
    const base = this.#base;
    if (base === null) {
      // The first interval has the start in it: it shows that there is something, not how much. Where the answer is near, the next
      // one shows it, and a leap in vain costs more than waiting for it.
      const bytes = this.#firstBytes + this.#bytes;
      const far = (input.latencyMs ?? NEAR_MS) >= NEAR_MS;
      if (bytes > 0 && !this.#leapt && far && input.cpu < IDLE_CPU && input.bound === null) {
        this.#leapt = true;
        return this.#double(input, most, (bytes * 1000) / (this.#firstMs + this.#ms));
      }
      // A thread that is full already is so with fewer too.
      if (bytes > 0 && this.#fewest < this.target && input.bound === 'thread-bound')
        return this.#double(input, most, (bytes * 1000) / (this.#firstMs + this.#ms));
      if (this.#bytes === 0) return null;
      const rate = (this.#bytes * 1000) / this.#ms;
      this.#base = { connections: this.target, rate };
      return this.#double(input, most, rate);
    }
    const ratio = this.target / base.connections;
    const needed = base.rate * (1 + this.#neededGain(ratio));
    const first = this.#firstMs > 0 ? (this.#firstBytes * 1000) / this.#firstMs : 0;
    const settled = this.#ms >= SETTLED_MS ? (this.#bytes * 1000) / this.#ms : 0;
    const rate = Math.max(first, settled);
    if (rate >= needed) {
      this.#proportional = rate / base.rate - 1 >= PROPORTIONAL * (ratio - 1);
      this.#base = { connections: this.target, rate };
      return this.#double(input, most, rate);
    }
    // Where attempts cost processor time and the answer is near, a short look must do.
    const clear = first > 0 && input.cpu >= BUSY_CPU && (input.latencyMs ?? NEAR_MS) < NEAR_MS;
    if (settled === 0 && !clear) return null;
    // Perhaps the level before was more than needed already.
    this.#upNext = false;
    const reason = input.bound ?? 'no-gain';
    return this.#back(reason, input.at, rate / base.rate - 1, PROBE_EVERY_MS);
  }

  /** Twice as many, or what is allowed; holds where more cannot help, and tries fewer where they may do as well. */
  #double(input: HostInput, most: number, rate: number): HostChange | null {
    const from = this.target;
    this.#best = Math.max(this.#best, rate);
    if (input.bound === 'thread-bound' && this.#fewest < from && this.#rules.loss !== null) {
      this.#base = { connections: from, rate };
      return this.#try(this.#fewest, rate, input.at, true);
    }
    const to = Math.min(most, from * 2);
    if (to <= from) {
      this.#settleAt(from, input.at);
      return null;
    }
    // A busy processor may be busy with something else: whether more helps is measured. A full thread, disk or cap is not.
    if (input.bound !== null && input.bound !== 'cpu-bound') {
      const before = this.#bound;
      this.#bound = input.bound;
      // Looked at again with the next sample.
      this.#base = null;
      this.#restart();
      if (before === input.bound) {
        if (before === 'thread-bound' && input.at - this.#boundAt >= FULL_MS) {
          this.#settleAt(from, input.at);
        }
        return null;
      }
      this.#boundAt = input.at;
      const numbers = { from, to: from, bytesPerSecond: rate };
      return { connections: from, reason: input.bound, numbers };
    }
    this.#bound = null;
    this.#moveTo(to);
    return { connections: to, reason: 'probe-up', numbers: { from, to, bytesPerSecond: rate } };
  }

  #steady(input: HostInput, most: number): HostChange | null {
    const { at } = input;
    if (this.#lineChanged(at)) {
      const numbers = { before: this.#base?.rate ?? 0, now: this.#seconds.at(-1) ?? 0 };
      this.#phase = 'ramp';
      this.#leapt = true;
      this.#base = null;
      this.#baseIsSteady = false;
      this.#best = 0;
      this.#proportional = false;
      this.#fewest = FEWEST_FULL;
      this.#probeEveryMs = PROBE_EVERY_MS;
      this.#restart();
      return { connections: this.target, reason: 'line-changed', numbers };
    }
    const rate = recent(this.#seconds);
    if (rate === null) return null;
    if (!this.#baseIsSteady) this.#best = 0;
    this.#base = { connections: this.target, rate };
    this.#baseIsSteady = true;
    this.#best = Math.max(this.#best, rate);
    if (at < this.#probeAt) return null;
    return this.#probe(input, most, rate);
  }

  #probe(input: HostInput, most: number, rate: number): HostChange | null {
    const from = this.target;
    const canRise = from < most && input.bound === null;
    const canFall = from > 1 && this.#rules.loss !== null && !this.#proportional;
    if (!canRise && !canFall) {
      this.#probeAt = input.at + this.#probeEveryMs;
      return null;
    }
    const up = canRise && (this.#upNext || !canFall);
    this.#upNext = !up;
    const to = up
      ? Math.min(most, Math.max(from + 1, Math.ceil(from * 1.5)))
      : Math.floor(from * 0.75);
    return this.#try(to, rate, input.at);
  }

  #try(to: number, rate: number, at: number, threadFull = false): HostChange {
    const from = this.target;
    this.#triedAt = at;
    this.#threadFull = threadFull;
    const up = to > from;
    this.#phase = up ? 'up' : 'down';
    this.#moveTo(to);
    const reason = up ? 'probe-up' : 'probe-down';
    return { connections: to, reason, numbers: { from, to, bytesPerSecond: rate } };
  }

  #judgeUp(input: HostInput, most: number): HostChange | null {
    const base = this.#base!;
    if (this.#ms < PROBE_MS) return null;
    const gain = (this.#bytes * 1000) / this.#ms / base.rate - 1;
    const from = base.connections;
    const ratio = this.target / from;
    if (gain < this.#neededGain(ratio)) {
      const nextMs = Math.min(MAX_PROBE_EVERY_MS, 2 * this.#probeEveryMs);
      return this.#back(input.bound ?? 'no-gain', input.at, gain, nextMs);
    }
    this.#proportional = gain >= PROPORTIONAL * (ratio - 1);
    // There was more to have: on with doubling.
    const rate = base.rate * (1 + gain);
    this.#phase = 'ramp';
    this.#base = { connections: this.target, rate };
    this.#probeEveryMs = PROBE_EVERY_MS;
    return (
      this.#double(input, most, rate) ?? {
        connections: this.target,
        reason: 'gain',
        numbers: { from, to: this.target, gain },
      }
    );
  }

  /** Whether the thread is as full with fewer shows at once; where it is not, what they lose has to be measured. */
  #judgeFull(input: HostInput): HostChange | null {
    const full = input.bound === 'thread-bound';
    if (this.#ms === 0 || (!full && this.#ms < SETTLED_MS)) return null;
    const { connections: from, rate: before } = this.#base!;
    const to = this.target;
    const rate = (this.#bytes * 1000) / this.#ms;
    const loss = 1 - rate / before;
    if (loss > (full ? FULL_LOSS : this.#rules.loss!)) {
      this.#fewest = from;
      this.#phase = 'ramp';
      this.#base = null;
      this.#moveTo(from);
      const numbers = { from: to, to: from, gain: -loss };
      return { connections: from, reason: 'no-gain', numbers };
    }
    this.#settleAt(to, input.at);
    const numbers = { from, to, loss: Math.max(0, loss) };
    return { connections: to, reason: 'fewer-suffice', numbers };
  }

  #judgeDown(input: HostInput): HostChange | null {
    if (input.connections > this.target && input.at - this.#triedAt < TAKES_EFFECT_MS) {
      this.#restart();
      return null;
    }
    if (this.#threadFull) return this.#judgeFull(input);
    if (this.#ms < PROBE_MS) return null;
    const rate = (this.#bytes * 1000) / this.#ms;
    const base = this.#base!;
    // Against the best and not the last: many small losses are a large one.
    const loss = 1 - rate / Math.max(base.rate, this.#best);
    if (loss > (this.#rules.loss ?? 0)) {
      // Never asked again while the line is the same; only whether more would help.
      this.#proportional = true;
      return this.#back('no-gain', input.at, -loss, PROBE_EVERY_MS);
    }
    this.#probeEveryMs = PROBE_EVERY_MS;
    this.#upNext = false;
    this.#settleAt(this.target, input.at);
    this.#probeAt = input.at + PROBE_AGAIN_MS;
    const numbers = { from: base.connections, to: this.target, loss: Math.max(0, loss) };
    return { connections: this.target, reason: 'fewer-suffice', numbers };
  }

  #back(reason: string, at: number, gain: number, nextProbeMs: number): HostChange {
    const from = this.target;
    const to = this.#base!.connections;
    this.#probeEveryMs = nextProbeMs;
    this.#settleAt(to, at);
    return { connections: to, reason, numbers: { from, to, gain } };
  }

  #neededGain(ratio: number): number {
    return Math.max(this.#rules.gain, this.#rules.shareOfIdeal * (ratio - 1));
  }

  #lineChanged(at: number): boolean {
    const base = this.#base;
    if (base === null || !this.#baseIsSteady) return false;
    if (at < this.#changedAllowedAt || this.#seconds.length < 2) return false;
    const last = this.#seconds.slice(-2);
    const changed =
      last.every((rate) => rate < CHANGED.down * this.#best) ||
      last.every((rate) => rate > CHANGED.up * base.rate);
    // A line that goes up and down all the time is left alone more and more.
    if (changed) this.#changedAllowedAt = at + 2 * this.#probeEveryMs;
    return changed;
  }

  #settleAt(connections: number, at: number): void {
    if (this.#phase === 'ramp') this.#baseIsSteady = false;
    this.#phase = 'steady';
    this.#moveTo(connections);
    this.#probeAt = at + this.#probeEveryMs;
  }

  #moveTo(connections: number): void {
    this.#lowered = connections < this.target;
    this.target = connections;
    this.#restart();
  }

  #restart(): void {
    this.#firstMs = 0;
    this.#firstBytes = 0;
    this.#ms = 0;
    this.#bytes = 0;
    this.#requests = 0;
    this.#refusals = 0;
    this.#secondMs = 0;
    this.#secondBytes = 0;
    this.#seconds = [];
  }
}

/** Median of the last five seconds, null before there are two. */
function recent(seconds: readonly number[]): number | null {
  if (seconds.length < 2) return null;
  const last = seconds.slice(-5).sort((a, b) => a - b);
  return last[Math.floor(last.length / 2)]!;
}
