import { AppError } from '../../../core/errors.ts';
import { type GpuChoice, type OpenGpu, openGpu } from './open-gpu.ts';

/** This thread's device. Opened once: that takes as long as a chunk of a run. It ends with the thread. */
let opened: { readonly module: string; readonly gpu: Promise<OpenGpu> } | undefined;

function threadGpu(module: string): Promise<OpenGpu> {
  if (opened?.module !== module) opened = { module, gpu: openGpu(module) };
  return opened.gpu;
}

/** The next run opens another: this one is lost, or there was none. */
export function forgetGpu(): void {
  opened = undefined;
}

/**
 * The GPU a run computes on; undefined for the processor.
 * @throws FEATURES_GPU_NOT_INSTALLED, FEATURES_GPU_ABSENT, FEATURES_GPU_FAILED where the run requires one
 */
export async function gpuForRun({ mode, module }: GpuChoice): Promise<OpenGpu | undefined> {
  if (mode === 'off') return undefined;
  try {
    const gpu = await threadGpu(module);
    // What the processor computes in a GPU's name it computes faster in its own.
    return mode === 'auto' && gpu.isSoftware ? undefined : gpu;
  } catch (error) {
    forgetGpu();
    if (mode === 'auto' && error instanceof AppError) return undefined;
    throw error;
  }
}
