/** The public names of @kizashi/series/gpu. */
export type { GpuBuffer, GpuDevice, GpuLimits } from './device.ts';
export { GpuFailure, type GpuFailureReason } from './gpu-failure.ts';
export { createGpuFeatures, type GpuFeatures, gpuColumns } from './gpu-features.ts';
