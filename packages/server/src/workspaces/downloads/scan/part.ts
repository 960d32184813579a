import type { Findings } from './findings.ts';
import type { Budget } from './limits.ts';
import type { ByteSource } from './source.ts';

/** Something to look at: a file, a member of an archive, what lies behind the end of something. */
export interface Part {
  readonly source: ByteSource;
  /** As it is called where it lies; decides only what its content is expected to be. */
  readonly name: string;
  /** Archives around it. */
  readonly depth: number;
  /**
   * `file`: the file itself. `member`: a file in an archive. `raw`: numbers, trailing bytes and the like, which look like anything
   * by chance: only what cannot be chance is reported.
   */
  readonly role: 'file' | 'member' | 'raw';
}

/** What a format's reader is given. It adds what it finds, and hands parts of other formats back. */
export interface PartContext {
  readonly part: Part;
  readonly budget: Budget;
  readonly findings: Findings;
  /** Looks at a part with all formats. Never throws; the findings are not yet in `findings`. */
  readonly scanPart: (part: Part) => Findings;
}
