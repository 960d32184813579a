import {
  type BindingType,
  COMPUTE_STAGE,
  type GpuBuffer,
  type GpuDevice,
  MAP_READ,
  USAGE,
} from './device.ts';
import { GpuFailure } from './gpu-failure.ts';

/** A compute program with the kinds of its bindings, in their order. */
export interface GpuProgram {
  /** WGSL with an entry point `main`. */
  readonly code: string;
  readonly bindings: readonly BindingType[];
}

/** What is dispatched: a program, one buffer for each of its bindings, and the number of workgroups. */
export interface GpuDispatch {
  readonly program: GpuProgram;
  readonly buffers: readonly GpuBuffer[];
  readonly groups: readonly [x: number, y: number, z: number];
}

/** Buffers and commands of one piece of work; what is made here is destroyed with it. */
export interface GpuWork {
  readonly limits: GpuDevice['limits'];
  /** A buffer with values that a program reads, or writes on. */
  upload(data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): GpuBuffer;
  /** Numbers of a uniform block. */
  uniform(values: readonly number[]): GpuBuffer;
  /** A buffer of zeros that can be read back. */
  output(bytes: number): GpuBuffer;
  run(dispatches: readonly GpuDispatch[]): Promise<void>;
  /** Shows the first bytes of a buffer, default all, behind the work so far; they are there during the call only. */
  read<R>(buffer: GpuBuffer, see: (bytes: ArrayBuffer) => R, size?: number): Promise<R>;
  /** Before the end of the work, where memory is needed again. */
  release(buffer: GpuBuffer): void;
}

/** One device and its compiled programs. */
export interface GpuSession {
  /** One piece of work after the other, in the order of the calls. @throws GpuFailure */
  work<R>(task: (work: GpuWork) => Promise<R>): Promise<R>;
}

export function createGpuSession(device: GpuDevice): GpuSession {
  let lost: GpuFailure | undefined;
  const whenLost = device.lost.then(({ message }) => {
    lost = new GpuFailure('lost', message);
    return lost;
  });
  const programs = new Map<GpuProgram, Promise<Compiled>>();
  let queue: Promise<unknown> = Promise.resolve();

  const compiled = (program: GpuProgram): Promise<Compiled> => {
    const known = programs.get(program);
    if (known !== undefined) return known;
    const made = compile(device, program);
    programs.set(program, made);
    return made;
  };

  /** Error scopes are the device's own stack: that is why pieces of work come one after the other. */
  async function guarded<R>(task: (work: GpuWork) => Promise<R>): Promise<R> {
    if (lost !== undefined) throw lost;
    const buffers = new Set<GpuBuffer>();
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    let result: R | undefined;
    let failure: unknown;
    try {
      // A lost device need not answer: nothing may wait for it.
      const outcome = await Promise.race([task(createWork(device, compiled, buffers)), whenLost]);
      if (outcome === lost) failure = lost;
      else result = outcome as R;
    } catch (error) {
      failure = error;
    }
    for (const buffer of buffers) buffer.destroy();
    const scopes = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const [memory, validation] = await Promise.race([scopes, whenLost.then(() => [null, null])]);
    if (lost !== undefined) throw lost;
    if ((failure as Error | undefined)?.name === 'AbortError') {
      // A buffer was being read when the device went.
      throw new GpuFailure('lost', (failure as Error).message, { cause: failure });
    }
    if (memory) throw new GpuFailure('memory', memory.message, { cause: failure });
    if (validation) throw new GpuFailure('refused', validation.message, { cause: failure });
    if (failure !== undefined) throw failure;
    return result as R;
  }

  return {
    work(task) {
      const turn = queue.then(() => guarded(task));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

interface Compiled {
  readonly pipeline: object;
  readonly layout: object;
}

async function compile(device: GpuDevice, { code, bindings }: GpuProgram): Promise<Compiled> {
  // Said out loud: a layout made from the code would lack the bindings that a kernel does not use.
  const layout = device.createBindGroupLayout({
    entries: bindings.map((type, binding) => ({
      binding,
      visibility: COMPUTE_STAGE,
      buffer: { type },
    })),
  });
  const pipeline = await device.createComputePipelineAsync({
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
  });
  return { pipeline, layout };
}

function createWork(
  device: GpuDevice,
  compiled: (program: GpuProgram) => Promise<Compiled>,
  buffers: Set<GpuBuffer>,
): GpuWork {
  const { queue, limits } = device;
  const create = (bytes: number, usage: number): GpuBuffer => {
    const buffer = device.createBuffer({ size: Math.max(16, 4 * Math.ceil(bytes / 4)), usage });
    buffers.add(buffer);
    return buffer;
  };
  const release = (buffer: GpuBuffer): void => {
    buffers.delete(buffer);
    buffer.destroy();
  };
  return {
    limits,
    release,
    upload(data) {
      const buffer = create(data.byteLength, USAGE.storage | USAGE.copyTarget);
      queue.writeBuffer(buffer, 0, data);
      return buffer;
    },
    uniform(values) {
      const data = Uint32Array.from(values);
      const buffer = create(16 * Math.ceil(data.byteLength / 16), USAGE.uniform | USAGE.copyTarget);
      queue.writeBuffer(buffer, 0, data);
      return buffer;
    },
    output: (bytes) => create(bytes, USAGE.storage | USAGE.copySource | USAGE.copyTarget),
    async run(dispatches) {
      const ready = await Promise.all(dispatches.map(({ program }) => compiled(program)));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const [i, { buffers: bound, groups }] of dispatches.entries()) {
        const { pipeline, layout } = ready[i]!;
        const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
        pass.dispatchWorkgroups(...groups);
      }
      pass.end();
      queue.submit([encoder.finish()]);
    },
    async read(buffer, see, size = buffer.size) {
      const staging = create(size, USAGE.mapRead | USAGE.copyTarget);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
      queue.submit([encoder.finish()]);
      await staging.mapAsync(MAP_READ);
      const seen = see(staging.getMappedRange());
      release(staging);
      return seen;
    },
  };
}
