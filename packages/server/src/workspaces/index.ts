import type { Workspace } from '../core/workspace.ts';
import { downloads } from './downloads/index.ts';
import { features } from './features/index.ts';
import { sales } from './sales/index.ts';

/** The registration: removing a workspace is removing its folders and its line here and in the web app. */
export const workspaces: readonly Workspace[] = [sales, features, downloads];
