/** What the module exports. */
export { diagonals } from './matrix-profile';
