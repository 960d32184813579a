/** The public names of @kizashi/series/gpu. */
export { lendProfile } from '../features/matrix-profile/matrix-profile-set.ts';
export type { GpuBuffer, GpuDevice, GpuLimits } from './device.ts';
export { GpuFailure, type GpuFailureReason } from './gpu-failure.ts';
export { createGpuFeatures, type GpuFeatures, gpuColumns } from './gpu-features.ts';
