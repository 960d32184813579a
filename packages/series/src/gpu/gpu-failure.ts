/** `lost`: the device is gone, make another; `memory`: it had not enough; `refused`: it does not take what it was given. */
export type GpuFailureReason = 'lost' | 'memory' | 'refused';

/** A GPU did not do what it was asked. The processor gives the same features: compute there, or get a new device. */
export class GpuFailure extends Error {
  override readonly name = 'GpuFailure';
  readonly code = 'SERIES_GPU_FAILURE';
  readonly reason: GpuFailureReason;

  constructor(reason: GpuFailureReason, detail: string, options?: { readonly cause: unknown }) {
    super(`${TEXTS[reason]}${detail === '' ? '' : `: ${detail}`}`, options);
    this.reason = reason;
  }
}

const TEXTS: Readonly<Record<GpuFailureReason, string>> = {
  lost: 'the GPU device was lost; ask the adapter for a new one, or compute on the processor',
  memory: 'the GPU has not enough memory; pass fewer series at once, or compute on the processor',
  refused: 'the GPU device refused the work',
};
