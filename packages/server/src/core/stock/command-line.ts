/** What `kizashi stock` does on this machine without a server. */
export { stockChoicesSchema } from './contract.ts';
export { type FileStock, stockFile } from './stock-file.ts';
