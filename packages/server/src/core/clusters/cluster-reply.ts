import {
  agglomerate,
  type ClusterCount,
  chooseClusters,
  cutTree,
  kMeans,
  type LearningWarning,
  type Linkage,
  meanSilhouette,
  silhouettes,
  standardise,
} from '@kizashi/series';
import { clustersErrors } from './errors.ts';
import type { NumberFile } from './read-columns.ts';

export const clusterMethods = ['k-means', 'ward', 'average', 'complete', 'single'] as const;
export type ClusterMethod = (typeof clusterMethods)[number];

export interface ClusterOptions {
  readonly names: readonly string[];
  /** Number of groups; undefined to find it. */
  readonly k?: number | undefined;
  readonly maxK: number;
  readonly method: ClusterMethod;
  readonly seed: number;
  /** Columns as they are, where their units are comparable already. */
  readonly raw: boolean;
  /** Told the share of the work done, in (0, 1]; where the number of groups is to be found. */
  readonly onProgress?: (done: number) => void;
}

/** One group. Groups are numbered from 1, the largest first. */
export interface ClusterReplyGroup {
  readonly cluster: number;
  readonly size: number;
  /** Of the rows in any group. */
  readonly share: number;
  /** Mean of each column, in its own unit. */
  readonly centre: Readonly<Record<string, number>>;
  /** Mean silhouette; null where there is one group. */
  readonly silhouette: number | null;
}

export interface ClusterReply {
  readonly file: string;
  readonly method: ClusterMethod;
  readonly columns: readonly string[];
  readonly k: number;
  /** How k came about: asked for, or by silhouette and gap statistic. */
  readonly chosen: 'asked' | 'found';
  readonly silhouette: number | null;
  readonly clusters: readonly ClusterReplyGroup[];
  /** What each number of groups was worth, where k was to be found; else null. */
  readonly counts: readonly ClusterCount[] | null;
  /** Every row of the file by its line; `cluster` is null where a number is missing. */
  readonly rows: readonly {
    readonly line: number;
    readonly id?: string;
    readonly cluster: number | null;
  }[];
  /** Some rows with the values they were grouped by, taken evenly from all that are in a group: to draw them. */
  readonly sample: readonly {
    readonly line: number;
    readonly cluster: number;
    /** As in `columns`. */
    readonly values: readonly number[];
  }[];
  readonly rowsSkipped: number;
  readonly rowsRejected: number;
  readonly warnings: readonly LearningWarning[];
}

/** As many as `agglomerate` takes. */
const MOST_TREE_ROWS = 6_000;
/** Silhouettes cost the square of the rows. */
const SILHOUETTE_ROWS = 2_000;
/** More cannot be told apart in a picture. */
const SAMPLE_ROWS = 1_000;

/** Groups the rows of a file. @throws CLUSTERS_NO_COMPLETE_ROW, CLUSTERS_TOO_MANY_ROWS */
export function clusterReply(file: NumberFile, options: ClusterOptions): ClusterReply {
  const { names, method, seed, maxK } = options;
  const columns = options.raw ? file.columns : standardise(file.columns).columns;
  const complete = file.lines.filter((_, i) =>
    file.columns.every((values) => Number.isFinite(values[i])),
  ).length;
  if (complete === 0) {
    throw clustersErrors.CLUSTERS_NO_COMPLETE_ROW({ name: file.name, columns: names.join(', ') });
  }
  if (method !== 'k-means' && complete > MOST_TREE_ROWS) {
    throw clustersErrors.CLUSTERS_TOO_MANY_ROWS({ method, limit: MOST_TREE_ROWS, rows: complete });
  }
  const told = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
  const choice =
    options.k === undefined ? chooseClusters(columns, { method, maxK, seed, ...told }) : null;
  const { labels, warnings } = groups(columns, options.k ?? choice!.k, method, seed);
  const k = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const fit = sampledSilhouettes(columns, labels);
  const sizes = Array.from({ length: k }, (_, c) => labels.filter((label) => label === c).length);
  return {
    file: file.name,
    method,
    columns: names,
    k,
    chosen: choice === null ? 'asked' : 'found',
    silhouette: meanSilhouette(fit.values),
    clusters: sizes.map((size, c) => ({
      cluster: c + 1,
      size,
      share: size / complete,
      centre: Object.fromEntries(
        names.map((name, j) => [name, meanWhere(file.columns[j]!, labels, c)]),
      ),
      silhouette: meanSilhouette(fit.values.filter((_, i) => fit.labels[i] === c)),
    })),
    counts: choice?.counts ?? null,
    rows: file.lines.map((line, i) => ({
      line,
      ...(file.ids === null ? {} : { id: file.ids[i]! }),
      cluster: labels[i]! < 0 ? null : labels[i]! + 1,
    })),
    sample: evenly(
      file.lines.flatMap((_, i) => (labels[i]! < 0 ? [] : [i])),
      SAMPLE_ROWS,
    ).map((i) => ({
      line: file.lines[i]!,
      cluster: labels[i]! + 1,
      values: file.columns.map((values) => values[i]!),
    })),
    rowsSkipped: file.lines.length - complete,
    rowsRejected: file.rowsRejected,
    warnings: [...(choice?.warnings ?? []), ...warnings],
  };
}

function groups(
  columns: readonly Float64Array[],
  k: number,
  method: 'k-means' | Linkage,
  seed: number,
) {
  if (method === 'k-means') return kMeans(columns, k, { seed });
  return { labels: cutTree(agglomerate(columns, method), k), warnings: [] };
}

/** Silhouettes of rows taken evenly from all. */
function sampledSilhouettes(columns: readonly Float64Array[], labels: Int32Array) {
  const rows = evenly(
    Array.from(labels, (_, i) => i),
    SILHOUETTE_ROWS,
  );
  const own = Int32Array.from(rows, (row) => labels[row]!);
  const values = columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  return { values: silhouettes(values, own), labels: own };
}

/** At most so many of them, at equal distances. */
function evenly(rows: readonly number[], most: number): number[] {
  const step = Math.max(1, rows.length / most);
  return Array.from(
    { length: Math.floor(rows.length / step) },
    (_, i) => rows[Math.floor(i * step)]!,
  );
}

/** Mean of a group, its sum taken in parts so that it cannot overflow. */
function meanWhere(values: Float64Array, labels: Int32Array, cluster: number): number {
  const own = values.filter((_, i) => labels[i] === cluster);
  return own.reduce((sum, value) => sum + value / own.length, 0);
}
