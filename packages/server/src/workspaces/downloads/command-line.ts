/** What `kizashi downloads …` does on this machine without a server. */
export { reasonTexts, verdictTexts } from './scan/reason-texts.ts';
export { scanPaths } from './scan/scan-paths.ts';
export type { FileScan, Verdict } from './scan-contract.ts';
