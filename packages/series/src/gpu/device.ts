/**
 * The little of WebGPU that is used here. A `GPUDevice` of a browser or of npm's `webgpu` is a `GpuDevice`; declared here
 * because no library of types has them that Node, workers and browsers share.
 * Source: W3C, WebGPU, https://www.w3.org/TR/webgpu/
 */
export interface GpuDevice {
  readonly limits: GpuLimits;
  readonly lost: Promise<{ readonly reason?: string; readonly message: string }>;
  readonly queue: {
    writeBuffer(buffer: GpuBuffer, offset: number, data: ArrayBufferView<ArrayBuffer>): void;
    submit(commands: readonly object[]): void;
  };
  createBuffer(options: { readonly size: number; readonly usage: number }): GpuBuffer;
  createShaderModule(options: { readonly code: string }): object;
  createBindGroupLayout(options: {
    readonly entries: readonly {
      readonly binding: number;
      readonly visibility: number;
      readonly buffer: { readonly type: BindingType };
    }[];
  }): object;
  createPipelineLayout(options: { readonly bindGroupLayouts: readonly object[] }): object;
  createComputePipelineAsync(options: {
    readonly layout: object;
    readonly compute: { readonly module: object; readonly entryPoint: string };
  }): Promise<object>;
  createBindGroup(options: {
    readonly layout: object;
    readonly entries: readonly {
      readonly binding: number;
      readonly resource: { readonly buffer: GpuBuffer };
    }[];
  }): object;
  createCommandEncoder(): GpuEncoder;
  pushErrorScope(kind: 'validation' | 'out-of-memory' | 'internal'): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
}

export type BindingType = 'uniform' | 'read-only-storage' | 'storage';

export interface GpuLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

export interface GpuBuffer {
  readonly size: number;
  mapAsync(mode: number): Promise<unknown>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}

interface GpuEncoder {
  beginComputePass(): {
    setPipeline(pipeline: object): void;
    setBindGroup(index: number, group: object): void;
    dispatchWorkgroups(x: number, y?: number, z?: number): void;
    end(): void;
  };
  copyBufferToBuffer(
    from: GpuBuffer,
    fromOffset: number,
    to: GpuBuffer,
    toOffset: number,
    size: number,
  ): void;
  finish(): object;
}

/** `GPUBufferUsage`, `GPUMapMode` and `GPUShaderStage` of the standard, which are globals in browsers only. */
export const USAGE = {
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
} as const;
export const MAP_READ = 0x1;
export const COMPUTE_STAGE = 0x4;
