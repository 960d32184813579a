import type { FileScan } from '../contract.ts';

/** Says what a file would do when it is loaded; `name` is what its kind is told by, where its bytes do not. */
export type ScanFile = (
  file: { readonly path: string; readonly name: string },
  signal: AbortSignal,
) => Promise<Pick<FileScan, 'verdict' | 'reasons' | 'imports'>>;
