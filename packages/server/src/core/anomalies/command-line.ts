/** What `kizashi anomalies` does on this machine without a server. */
export {
  type DetectChoices,
  type DetectedPoint,
  type DetectFileSummary,
  detectFile,
} from './detect-file.ts';
