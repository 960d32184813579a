/** A machine with WebGPU and no GPU: `requestAdapter` answers null, as the standard says. */
export const create = () => ({ requestAdapter: async () => null });
