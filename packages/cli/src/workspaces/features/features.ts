import { Command } from 'commander';
import { type Context, say } from '../../context.ts';
import { controlCommands } from './control.ts';
import { exportCommand } from './export.ts';
import { extractCommand } from './extract.ts';
import { healthCommand } from './health.ts';
import { insightCommands } from './insight.ts';
import { listCommand } from './list.ts';
import { runCommand } from './run.ts';
import { statusCommand } from './status.ts';
import { validateCommand } from './validate.ts';

/** `kizashi features …`: time-series features of files and of what is stored. */
export function featuresCommand(context: Context): Command {
  const group = new Command('features').description(
    say(context, { en: 'Features of time series', ja: '時系列の特徴量' }),
  );
  for (const create of [
    listCommand,
    validateCommand,
    extractCommand,
    runCommand,
    statusCommand,
    ...controlCommands,
    exportCommand,
    healthCommand,
    ...insightCommands,
  ]) {
    group.addCommand(create(context));
  }
  return group;
}
