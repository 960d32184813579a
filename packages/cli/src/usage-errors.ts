import { AppError } from '@kizashi/server/errors';
import { CommandError } from './command-error.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';

/** What is wrong with the caller's input (a status of 400) ends a command like wrong arguments do. */
export async function usageErrors<T>(context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 400) throw error;
    throw new CommandError(error.code, error.text(context.locale), exitCodes.usage);
  }
}
