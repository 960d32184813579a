import type { Compute } from '../../../core/compute/compute.ts';
import type { FileScan } from '../scan-contract.ts';

const TASK = new URL('./scan-task.ts', import.meta.url);

/** Scans files for the server: in a thread, so that no file can hold up or bring down anything else. */
export interface Scanner {
  /**
   * @param file `name`: the one it will have, where it does not lie under it yet
   * @throws AbortError; what opening the file throws
   */
  scan(file: { path: string; name?: string }, signal?: AbortSignal): Promise<FileScan>;
}

export function createScanner({ compute }: { readonly compute: Compute }): Scanner {
  return {
    scan: ({ path, name }, signal) =>
      compute.run<FileScan>(
        TASK,
        { path, options: name === undefined ? {} : { name } },
        signal === undefined ? {} : { signal },
      ),
  };
}
