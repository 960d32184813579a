import type { WebWorkspace } from '../app/workspace.ts';
import { downloadsWorkspace } from './downloads/index.ts';
import { featuresWorkspace } from './features/index.ts';
import { salesWorkspace } from './sales/index.ts';

/** Every workspace of the product, in the order of the navigation. */
export const workspaces: readonly WebWorkspace[] = [
  salesWorkspace,
  featuresWorkspace,
  downloadsWorkspace,
];
