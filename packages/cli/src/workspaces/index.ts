import type { LazyCommands } from '../context.ts';
import { downloadsCommands } from './downloads/index.ts';
import { featuresCommands } from './features/index.ts';
import { salesCommands } from './sales/index.ts';

/** The registration: removing a workspace is removing its folders and its line here, in the server and in the web app. */
export const workspaceCommands: LazyCommands = {
  ...salesCommands,
  ...featuresCommands,
  ...downloadsCommands,
};
