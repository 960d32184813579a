import { z } from 'zod';

const text = z.string().nullish().catch(null);

export const treeReply = z.array(
  z.object({
    type: z.string(),
    path: z.string().min(1),
    size: z.int().min(0).nullish().catch(null),
    /** SHA-1 of the Git blob; of a large file it is the pointer's and says nothing of the content. */
    oid: text,
    /** A large file: `oid` is its SHA-256. */
    lfs: z
      .object({ oid: z.string(), size: z.int().min(0).nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
);
export type TreeEntry = z.infer<typeof treeReply>[number];

export const repoReply = z.object({
  id: z.string().min(1),
  sha: text,
  /** False, or how access is given: `auto`, `manual`. */
  gated: z.union([z.boolean(), z.string()]).nullish().catch(null),
  tags: z.array(z.string()).nullish().catch(null),
  downloads: z.int().nullish().catch(null),
  pipeline_tag: text,
  lastModified: text,
  cardData: z
    .object({
      license: z.unknown(),
      instance_prompt: z.unknown(),
      base_model: z.unknown(),
    })
    .partial()
    .nullish()
    .catch(null),
  siblings: z
    .array(z.object({ rfilename: z.string().min(1) }))
    .nullish()
    .catch(null),
});
export type RepoReply = z.infer<typeof repoReply>;
export const reposReply = z.array(repoReply);

export const collectionReply = z.object({
  items: z.array(z.object({ id: z.string(), type: z.string() })),
});
