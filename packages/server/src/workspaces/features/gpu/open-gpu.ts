import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGpuFeatures, type GpuDevice, type GpuFeatures } from '@kizashi/series/gpu';
import { AppError } from '../../../core/errors.ts';
import type { GpuMode } from '../contract.ts';
import { featuresErrors } from '../errors.ts';

/** Whether runs compute on a GPU, and what brings WebGPU to Node. */
export interface GpuChoice {
  readonly mode: GpuMode;
  /** Name of a package, or absolute path of a module, that exports `create` as npm's `webgpu` does. */
  readonly module: string;
}

export interface OpenGpu {
  readonly features: GpuFeatures;
  /** What the adapter calls itself. */
  readonly adapter: string;
  /** Computes on the processor: slower than what the processor does by itself. */
  readonly isSoftware: boolean;
  /** The instance that all of it belongs to: it must live as long. */
  readonly instance: object;
}

interface Adapter {
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
  requestDevice(): Promise<GpuDevice>;
}

interface WebGpu {
  requestAdapter(options: { readonly powerPreference: string }): Promise<Adapter | null>;
}

/**
 * A device of this machine.
 * @throws FEATURES_GPU_NOT_INSTALLED, FEATURES_GPU_ABSENT, FEATURES_GPU_FAILED
 */
export async function openGpu(module: string): Promise<OpenGpu> {
  const create = await loadWebGpu(module);
  try {
    const instance = create([]);
    const adapter = await instance.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) throw featuresErrors.FEATURES_GPU_ABSENT();
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    return {
      features: createGpuFeatures(await adapter.requestDevice()),
      adapter: description || device || `${vendor} ${architecture}`.trim(),
      isSoftware: isFallbackAdapter === true,
      instance,
    };
  } catch (cause) {
    throw failure(cause);
  }
}

async function loadWebGpu(module: string): Promise<(options: readonly string[]) => WebGpu> {
  let loaded: { readonly create?: unknown };
  try {
    // Not named here: it is large, and who does not ask for a GPU need not install it.
    loaded = await import(isAbsolute(module) ? pathToFileURL(module).href : module);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    throw isMissing
      ? featuresErrors.FEATURES_GPU_NOT_INSTALLED({ module }, { cause })
      : failure(cause);
  }
  if (typeof loaded.create !== 'function') {
    throw failure(new Error(`${module} does not export create()`));
  }
  return loaded.create as (options: readonly string[]) => WebGpu;
}

function failure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return featuresErrors.FEATURES_GPU_FAILED({ reason }, { cause });
}
