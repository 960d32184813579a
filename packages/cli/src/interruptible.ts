import { CommandError } from './command-error.ts';
import { type Context, say } from './context.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * Work that Ctrl-C ends in order once it has asked for the signal: threads and temporary files are gone then. Before that
 * Ctrl-C ends the process as ever, for work of this thread alone would not hear of it.
 *
 * @param text what the person is told then; default: that it was interrupted
 * @throws CommandError INTERRUPTED
 */
export async function interruptible<T>(
  context: Context,
  work: (stopSignal: () => AbortSignal) => Promise<T>,
  text = say(context, { en: 'Interrupted.', ja: '中断しました。' }),
): Promise<T> {
  const controller = new AbortController();
  const onSignal = () => controller.abort();
  try {
    return await work(() => {
      process.once('SIGINT', onSignal);
      process.once('SIGTERM', onSignal);
      return controller.signal;
    });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    throw new CommandError('INTERRUPTED', text, exitCodes.interrupted);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
