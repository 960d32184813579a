import type { LibraryFile, ScannedImport, Verdict } from '../contract.ts';

/** What is known of a finished file, written down with where it goes before it is moved there. */
export interface Placing {
  /** `link`: one more name of an entry there is. */
  readonly kind: 'file' | 'quarantine' | 'link';
  /** Of the library's entry. */
  readonly fileId: string;
  /** Below the library; of a quarantined file: the name it would have. */
  readonly path: string;
  /** Number of the file in its file system: whether it has been moved already is asked by it. */
  readonly inode: string;
  readonly sizeBytes: number;
  readonly hashes: {
    readonly sha256: string;
    readonly blake3: string | null;
    readonly crc32: string | null;
    readonly autoV1: string | null;
    readonly autoV3: string | null;
  };
  readonly verified: LibraryFile['verified'];
  readonly scan: {
    readonly verdict: Verdict;
    readonly reasons: readonly string[];
    readonly imports: readonly ScannedImport[];
    readonly at: number;
  };
  /** What is to lie beside it; not written down by the first version. */
  readonly sidecars?: { readonly metadata: boolean; readonly previewExtension: string | null };
}
