import type { DownloadAction, DownloadState } from '../contract.ts';

/**
 * Where an item stands, as the table keeps it: its state, with PENDING told apart by whether it may begin now. In the order of
 * the list: what runs, what runs next, what waits for a time, what rests, what has ended. So one index gives the list, each
 * state's part of it, and what to begin next.
 */
export const LANE = {
  processing: 0,
  ready: 1,
  /** PENDING until `retry_at`: after a failure that may pass, or before its job's start time. */
  later: 2,
  paused: 3,
  failed: 4,
  completed: 5,
  cancelled: 6,
} as const;
export type Lane = (typeof LANE)[keyof typeof LANE];

const STATES = [
  'PROCESSING',
  'PENDING',
  'PENDING',
  'PAUSED',
  'FAILED',
  'COMPLETED',
  'CANCELLED',
] as const satisfies readonly DownloadState[];

export function stateOf(lane: Lane): DownloadState {
  return STATES[lane];
}

export function lanesOf(state: DownloadState): readonly Lane[] {
  return STATES.flatMap((each, lane) => (each === state ? [lane as Lane] : []));
}

/** What may become of an item; nothing else ever does. COMPLETED is for good. */
const NEXT: Readonly<Record<DownloadState, readonly DownloadState[]>> = {
  PENDING: ['PROCESSING', 'PAUSED', 'CANCELLED', 'FAILED'],
  // Back to PENDING: after a failure that may pass, a crash, or to make room on the disk.
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED', 'PAUSED', 'PENDING'],
  PAUSED: ['PENDING', 'CANCELLED'],
  FAILED: ['PENDING'],
  CANCELLED: ['PENDING'],
  COMPLETED: [],
};

export function mayBecome(from: DownloadState, to: DownloadState): boolean {
  return NEXT[from].includes(to);
}

/** The state a person's action leads to, and those it can be done in. */
export const ACTIONS: Readonly<
  Record<DownloadAction, { readonly from: readonly DownloadState[]; readonly to: DownloadState }>
> = {
  pause: { from: ['PENDING', 'PROCESSING'], to: 'PAUSED' },
  resume: { from: ['PAUSED'], to: 'PENDING' },
  cancel: { from: ['PENDING', 'PROCESSING', 'PAUSED'], to: 'CANCELLED' },
  retry: { from: ['FAILED', 'CANCELLED'], to: 'PENDING' },
};

export type Counts = Readonly<Record<DownloadState, number>>;
export type Wanted = 'run' | 'pause' | 'cancel';

/**
 * State of a job from its items. What a person asked for shows at once, also while its items follow one by one.
 * An empty search or manifest is complete: there was nothing to do.
 */
export function jobStateOf(job: {
  readonly counts: Counts;
  readonly openInputs: number;
  readonly wanted: Wanted;
}): DownloadState {
  const { counts, openInputs, wanted } = job;
  const open = counts.PENDING + counts.PROCESSING + counts.PAUSED + openInputs;
  if (wanted === 'cancel' && counts.PROCESSING === 0) return 'CANCELLED';
  if (open === 0) {
    if (counts.FAILED > 0) return 'FAILED';
    return counts.COMPLETED === 0 && counts.CANCELLED > 0 ? 'CANCELLED' : 'COMPLETED';
  }
  if (wanted === 'pause') return 'PAUSED';
  if (counts.PROCESSING > 0) return 'PROCESSING';
  if (counts.PENDING + openInputs === 0) return 'PAUSED';
  const begun = counts.COMPLETED + counts.FAILED;
  return begun > 0 ? 'PROCESSING' : 'PENDING';
}

export function isEnded(state: DownloadState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}
