import type { LazyCommands } from '../../context.ts';

export const salesCommands: LazyCommands = {
  import: async () => (await import('./import.ts')).importCommand,
  kpi: async () => (await import('./kpi.ts')).kpiCommand,
};
