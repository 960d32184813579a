/** What the module exports. */
export { fluctuations } from './fluctuation';
export { addRows, partRows } from './gradient-histogram';
export { diagonals } from './matrix-profile';
export { panelProducts } from './panel-products';
