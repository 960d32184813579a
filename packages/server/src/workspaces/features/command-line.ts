/** What `kizashi features …` does on this machine without a server. */
export { featureCatalogue } from './catalogue.ts';
export { extractFeatures } from './extract/extract.ts';
export { validateFile } from './extract/validate.ts';
export { readRunConfig } from './run-config.ts';
