import { type ModeRules, sizeGroup } from './modes.ts';

export interface SharedFile {
  readonly id: string;
  readonly sizeBytes: number | null;
  readonly doneBytes: number;
  /** What it has now; 0 for one that is beginning. */
  readonly connections: number;
}

/** A connection that would fetch less than this of a file is not worth opening. */
const MIN_SHARE_BYTES = 1024 * 1024;
const MIN_SHARE_SECONDS = 0.25;
/** A file gets as many connections as it needs to be done in about this time, while others wait. */
const FILE_SECONDS = 15;
const MAX_PREFERRED = 8;

/** Connections a file is given while other files wait: few for small ones, which go side by side instead. */
export function preferredConnections(
  sizeBytes: number | null,
  bytesPerSecondPerConnection: number | null,
  rules: ModeRules,
): number {
  if (sizeBytes === null || sizeGroup(sizeBytes) === 'small') return 1;
  if (bytesPerSecondPerConnection === null) {
    return sizeGroup(sizeBytes) === 'large' ? rules.start.large : 1;
  }
  const needed = Math.ceil(sizeBytes / (bytesPerSecondPerConnection * FILE_SECONDS));
  return Math.min(MAX_PREFERRED, Math.max(1, needed));
}

/** Most connections that make sense for what is left of a file. */
export function usableConnections(
  file: SharedFile,
  bytesPerSecondPerConnection: number | null,
): number {
  if (file.sizeBytes === null) return 1;
  const share = Math.max(MIN_SHARE_BYTES, (bytesPerSecondPerConnection ?? 0) * MIN_SHARE_SECONDS);
  const left = Math.max(0, file.sizeBytes - file.doneBytes);
  // Never fewer than it has: the engine splits the tail, and closing connections there would only cost.
  return Math.max(1, file.connections, Math.floor(left / share));
}

/**
 * Divides a host's connections among its running files: each keeps what it has while that fits; what is over goes to the file
 * with the most left for each connection, what is too much is taken from the one with the least.
 */
export function shareConnections(
  files: readonly SharedFile[],
  total: number,
  usable: (file: SharedFile) => number,
): Map<string, number> {
  const shares = files.map((file) => {
    const most = usable(file);
    return {
      file,
      most,
      left: file.sizeBytes === null ? 0 : file.sizeBytes - file.doneBytes,
      connections: Math.min(most, Math.max(1, file.connections)),
    };
  });
  let given = shares.reduce((sum, share) => sum + share.connections, 0);
  const perConnection = (share: (typeof shares)[number], more: number) =>
    share.left / (share.connections + more);
  while (given < total) {
    const next = best(
      shares.filter((share) => share.connections < share.most),
      (share) => perConnection(share, 1),
    );
    if (!next) break;
    next.connections++;
    given++;
  }
  while (given > total) {
    const next = best(
      shares.filter((share) => share.connections > 1),
      (share) => -perConnection(share, 0),
    );
    if (!next) break;
    next.connections--;
    given--;
  }
  return new Map(shares.map((share) => [share.file.id, share.connections]));
}

function best<T>(values: readonly T[], score: (value: T) => number): T | undefined {
  let found: T | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    const scored = score(value);
    if (scored > highest) {
      found = value;
      highest = scored;
    }
  }
  return found;
}
