import type { Kysely } from 'kysely';
import type { Flag, Json } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import type { AnyQuery } from '../../../core/db/dialects/dialect.ts';
import type {
  DownloadSettings,
  DownloadState,
  FileState,
  Hashes,
  JobBody,
  Phase,
  ScannedImport,
  SourceName,
  Verdict,
} from '../contract.ts';
import type { Placing } from '../library/place.ts';
import type { LibraryFile } from '../library-contract.ts';
import type { ItemFailure } from '../queue/failure.ts';
import type { Lane, Wanted } from '../queue/states.ts';
import type { ModelFacts, SourceInput } from '../sources/source.ts';

export interface JobRow {
  id: string;
  name: string;
  state: DownloadState;
  wanted: Wanted;
  strategy: NonNullable<JobBody['strategy']>;
  parallel_files: number;
  priority: number;
  files: NonNullable<JobBody['files']>;
  path_template: string | null;
  start_at: number | null;
  n_pending: number;
  n_processing: number;
  n_completed: number;
  n_failed: number;
  n_cancelled: number;
  n_paused: number;
  size_bytes: number;
  done_bytes: number;
  open_inputs: number;
  created_by: string;
  created_at: number;
  finished_at: number | null;
}

/** An input that comes to items page by page. */
export interface StoredInput {
  readonly source: SourceName;
  readonly input: SourceInput;
  readonly fileName?: string | undefined;
  readonly hashes?: Hashes | undefined;
}

export interface InputRow {
  id: string;
  job_id: string;
  /** 1: to be listed; 2: not any more, because its job was cancelled. */
  open: 0 | 1 | 2;
  body: Json<StoredInput>;
  page_cursor: string | null;
  /** Models so far. */
  listed: number;
  attempt: number;
  retry_at: number;
}

export interface ItemRow {
  id: string;
  job_id: string;
  lane: Lane;
  place: number;
  phase: Phase;
  held_by: 'start-time' | 'disk' | null;
  source: SourceName;
  ref: string;
  ref_sealed: Flag;
  name: string;
  search_name: string;
  file_name: string | null;
  host: string | null;
  size_bytes: number | null;
  size_promised: Flag;
  done_bytes: number;
  wasted_bytes: number;
  hashes: Json<Hashes>;
  model: Json<ModelFacts> | null;
  barrier: string | null;
  attempt: number;
  retry_at: number | null;
  error: Json<ItemFailure> | null;
  verdict: Verdict | null;
  file_id: string | null;
  linked: Flag;
  placing: Json<Placing> | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
}

export interface FileRow {
  id: string;
  path: string;
  path_key: string | null;
  search_text: string;
  state: FileState;
  size_bytes: number;
  sha256: string;
  blake3: string | null;
  crc32: string | null;
  auto_v1: string | null;
  auto_v3: string | null;
  verified: LibraryFile['verified'];
  verdict: Verdict;
  reasons: Json<readonly string[]>;
  imports: Json<readonly ScannedImport[]>;
  scanned_at: number;
  source: SourceName;
  type: string | null;
  model: Json<ModelFacts> | null;
  preview_path: string | null;
  saved_bytes: number;
  released_by: string | null;
  added_at: number;
}

export interface LinkRow {
  id: string;
  file_id: string;
  path: string;
  path_key: string;
  added_at: number;
}

export type DownloadsTables = {
  downloads_jobs: JobRow;
  downloads_inputs: InputRow;
  downloads_items: ItemRow;
  downloads_files: FileRow;
  downloads_links: LinkRow;
  downloads_settings: { id: number; body: Json<DownloadSettings> };
  downloads_tokens: { source: SourceName; token: string; changed_at: number };
  downloads_lease: {
    id: number;
    owner: string;
    machine: string;
    pid: number;
    expires_at: number;
  };
};

export type DownloadsQuery = Kysely<DownloadsTables>;

export function downloadsQuery(db: Pick<Database, 'query'> | AnyQuery): DownloadsQuery {
  const query = 'query' in db ? (db.query as AnyQuery) : db;
  return query.withTables<DownloadsTables>() as unknown as DownloadsQuery;
}
