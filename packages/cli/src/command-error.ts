import { exitCodes } from './exit-codes.ts';

/** A failure the command can explain; everything else is a defect and shows its stack with KIZASHI_LOG_LEVEL=debug. */
export class CommandError extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(code: string, message: string, exitCode: number = exitCodes.failed) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.exitCode = exitCode;
  }
}
