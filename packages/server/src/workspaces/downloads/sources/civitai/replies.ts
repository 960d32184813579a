import { z } from 'zod';

// Only what is used, and leniently: fields that old and new replies write differently, or leave out, do not spoil the rest.

const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const level = z.union([z.number(), z.string()]).nullish().catch(null);

const imageReply = z.object({ url: text, type: text, nsfwLevel: level });

export const fileReply = z.object({
  id: z.int(),
  name: z.string().catch(''),
  /** × 1024 is the exact number of bytes. */
  sizeKB: z.number().nullish().catch(null),
  type: text,
  primary: flag,
  pickleScanResult: text,
  virusScanResult: text,
  metadata: z.object({ format: text, size: text, fp: text }).nullish().catch(null),
  hashes: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type FileReply = z.infer<typeof fileReply>;

const versionFields = {
  id: z.int(),
  name: z.string().catch(''),
  baseModel: text,
  publishedAt: text,
  availability: text,
  usageControl: text,
  earlyAccessEndsAt: text,
  paidAccess: z.object({ permanent: flag, endsAt: text }).nullish().catch(null),
  trainedWords: z.array(z.string()).nullish().catch(null),
  /** Left out when archived. */
  files: z.array(fileReply).nullish(),
  /** Left out when taken down. */
  images: z.array(imageReply).nullish().catch(null),
};
const versionOfModelReply = z.object(versionFields);
export type VersionReply = z.infer<typeof versionOfModelReply>;

const modelFields = {
  name: z.string().catch(''),
  type: z.string().catch('Other'),
  nsfw: flag,
  /** `Archived`, `TakenDown`. */
  mode: text,
};

export const modelReply = z.object({
  ...modelFields,
  id: z.int(),
  description: text,
  nsfwLevel: level,
  /** Old replies: the text `{Image,RentCivit}`. */
  allowCommercialUse: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
  allowNoCredit: flag,
  allowDerivatives: flag,
  allowDifferentLicense: flag,
  creator: z.object({ username: text }).nullish().catch(null),
  tags: z
    .array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]))
    .nullish()
    .catch(null),
  stats: z
    .object({ downloadCount: z.int().nullish().catch(null) })
    .nullish()
    .catch(null),
  modelVersions: z.array(versionOfModelReply).catch([]),
});
export type ModelReply = z.infer<typeof modelReply>;

/** `model-versions/:id` and `by-hash`: little of the model, all of the version. */
export const versionReply = z.object({
  ...versionFields,
  modelId: z.int(),
  model: z.object(modelFields).nullish().catch(null),
});

export const modelsReply = z.object({
  items: z.array(modelReply),
  metadata: z
    .object({ nextCursor: z.union([z.string(), z.number()]).nullish() })
    .nullish()
    .catch(null),
});

export const collectionReply = z.object({ name: z.string().catch(''), type: text });

/** Of `enums`, the words the site takes. */
export const enumsReply = z.object({ ModelType: z.array(z.string()) });
