import { Command } from 'commander';
import { type Context, type CreateCommand, say } from '../../context.ts';
import { extractCommand } from './extract.ts';

/** `kizashi features …`: time-series features of files and of what is stored. */
function featuresCommand(context: Context): Command {
  const group = new Command('features').description(
    say(context, { en: 'Features of time series', ja: '時系列の特徴量' }),
  );
  for (const create of [extractCommand]) group.addCommand(create(context));
  return group;
}

export const featuresCommands: readonly CreateCommand[] = [featuresCommand];
