/** What `kizashi downloads …` does on this machine without a server. */
export { scanPaths } from './scan/scan-paths.ts';
export type { FileScan, Verdict } from './scan-contract.ts';
