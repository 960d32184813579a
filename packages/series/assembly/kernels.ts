/** What the module exports. */
export { fluctuations } from './fluctuation';
export { diagonals } from './matrix-profile';
