import type { LazyCommands } from '../../context.ts';

export const downloadsCommands: LazyCommands = {
  downloads: async () => (await import('./downloads.ts')).downloadsCommand,
};
