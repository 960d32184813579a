import { z } from 'zod';
import { type SettingTable, wholeNumber } from '../../core/config/setting.ts';
import { gpuModeSchema } from './contract.ts';

const names = (value: unknown) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : value;

export const featuresSettings = {
  featuresTables: {
    schema: z.preprocess(names, z.array(z.string())).default([]),
    description:
      'Tables of the product’s database that people who may import series can read them from, separated by commas. Default: none.',
  },
  featuresCacheDays: {
    schema: wholeNumber(0, 3650).default(30),
    description: 'How long computed features are kept to be used again; 0 keeps none.',
    unit: 'days',
  },
  featuresGpu: {
    schema: gpuModeSchema.default('off'),
    description:
      'Whether runs compute on a GPU: off, auto (where there is one) or require (fail without). See docs/reference/gpu.md.',
  },
  featuresGpuModule: {
    schema: z.string().min(1).default('webgpu'),
    description:
      'What brings WebGPU to Node: the npm package webgpu, or the absolute path of a module that exports create() as it does.',
  },
} as const satisfies SettingTable;
