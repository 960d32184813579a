/** What `kizashi features …` does on this machine without a server. */
export { type ExtractSummary, extractFeatures, setNames } from './extract/extract.ts';
