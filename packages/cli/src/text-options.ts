import type { TextChoices } from '@kizashi/server/contract/series-source';
import { type Command, Option } from 'commander';
import { type Context, say } from './context.ts';

/** As commander gives them. */
export interface TextOptions {
  readonly encoding?: TextChoices['encoding'];
  readonly delimiter?: TextChoices['delimiter'];
  readonly header?: boolean;
  readonly dateOrder?: 'day-first' | 'month-first';
}

/** How the file is written, as far as it was said. */
export function textChoices({ encoding, delimiter, header, dateOrder }: TextOptions): TextChoices {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(header === false ? { hasHeader: false } : {}),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  };
}

/** How a text file is written, for commands that need nothing more of its layout; without them it is found out. */
export function addTextOptions(context: Context, command: Command): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  return command
    .addOption(
      new Option(
        '--encoding <name>',
        text('utf-8, shift_jis, euc-jp …; default: found', '文字コード（既定: 自動）'),
      ).choices(['utf-8', 'utf-16le', 'utf-16be', 'shift_jis', 'euc-jp', 'windows-1252']),
    )
    .addOption(
      new Option('--delimiter <mark>', text('default: found', '区切り文字（既定: 自動）')).choices([
        ',',
        ';',
        '|',
        '\t',
      ]),
    )
    .option('--no-header', text('the first line is a row', '先頭行は見出しではない'));
}
