import { openGpu } from './open-gpu.ts';

export interface GpuProbe {
  readonly adapter: string;
  readonly isSoftware: boolean;
}

/** What a run would find in a thread of this machine. @throws as `openGpu` */
export async function run({ module }: { readonly module: string }): Promise<GpuProbe> {
  const { adapter, isSoftware } = await openGpu(module);
  return { adapter, isSoftware };
}
