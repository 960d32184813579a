import type { CreateCommand } from '../../context.ts';
import { importCommand } from './import.ts';
import { kpiCommand } from './kpi.ts';

export const salesCommands: readonly CreateCommand[] = [importCommand, kpiCommand];
