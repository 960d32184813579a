import { CommandError } from './command-error.ts';
import { type Context, say } from './context.ts';
import { exitCodes } from './exit-codes.ts';

/** A number of an option, within bounds. @throws CommandError NUMBER_INVALID */
export function numberOption(
  context: Context,
  name: string,
  text: string,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value))) {
    return value;
  }
  throw new CommandError(
    'NUMBER_INVALID',
    say(context, {
      en: `--${name}: write a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not “${text}”.`,
      ja: `--${name}: ${min} から ${max} までの${whole ? '整数' : '数'}を指定してください（「${text}」は使えません）。`,
    }),
    exitCodes.usage,
  );
}

/** A number of any size, where the option is given. @throws CommandError NUMBER_INVALID */
export function anyNumberOption(
  context: Context,
  name: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new CommandError(
    'NUMBER_INVALID',
    say(context, {
      en: `--${name}: write a number, not “${text}”.`,
      ja: `--${name}: 数値を指定してください（「${text}」は使えません）。`,
    }),
    exitCodes.usage,
  );
}
