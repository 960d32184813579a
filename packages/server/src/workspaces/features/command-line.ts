/** What `kizashi features …` does on this machine without a server. */
export { featureCatalogue } from './catalogue.ts';
export { extractFeatures } from './extract/extract.ts';
export { checkRunConfig, readRunConfig } from './run-config.ts';
export { validateFile } from './validation/validate.ts';
