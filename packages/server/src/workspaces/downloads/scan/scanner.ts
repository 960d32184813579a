import type { Compute } from '../../../core/compute/compute.ts';
import type { AntivirusKind, FileScan } from '../scan-contract.ts';
import { createAntivirus, withAntivirus } from './antivirus/antivirus.ts';

const TASK = new URL('./scan-task.ts', import.meta.url);

export interface ScannerDeps {
  readonly compute: Compute;
  /** The setting KIZASHI_DOWNLOADS_CLAMAV. */
  readonly clamav: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Scans files for the server: in a thread, so that no file can hold up or bring down anything else. */
export interface Scanner {
  /**
   * @param file `name`: the one it will have, where it does not lie under it yet
   * @throws AbortError; COMPUTE_TASK_FAILED when the file cannot be opened
   */
  scan(file: { path: string; name?: string }, signal?: AbortSignal): Promise<FileScan>;
  /** The virus scanner beside ours. */
  antivirus(): Promise<AntivirusKind>;
}

export function createScanner({ compute, clamav, env }: ScannerDeps): Scanner {
  const antivirus = createAntivirus(clamav, env);
  return {
    antivirus: () => antivirus.kind(),
    async scan({ path, name }, signal) {
      const options = name === undefined ? {} : { name };
      const [scan, checked] = await Promise.all([
        compute.run<FileScan>(TASK, { path, options }, signal === undefined ? {} : { signal }),
        antivirus.check([path], signal),
      ]);
      return withAntivirus(scan, checked.get(path)!);
    },
  };
}
