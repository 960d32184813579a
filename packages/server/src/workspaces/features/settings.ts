import { z } from 'zod';
import { type SettingTable, wholeNumber } from '../../core/config/setting.ts';

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
} as const satisfies SettingTable;
