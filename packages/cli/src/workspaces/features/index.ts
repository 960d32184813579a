import type { LazyCommands } from '../../context.ts';

export const featuresCommands: LazyCommands = {
  features: async () => (await import('./features.ts')).featuresCommand,
};
