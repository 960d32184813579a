import { readFileSync } from 'node:fs';
import { bufferContent, type Content } from '../content.ts';
import { madeWeights, recordedHashes } from './weights.ts';

export interface ApiFile {
  id: number;
  name: string;
  sizeKB: number;
  type: string;
  metadata: Record<string, string | null>;
  hashes: Record<string, string>;
  primary?: boolean;
  [field: string]: unknown;
}
export interface ApiVersion {
  id: number;
  files: ApiFile[];
  images: Record<string, unknown>[];
  publishedAt: string;
  baseModel: string;
  modelId?: number;
  [field: string]: unknown;
}
export interface ApiModel {
  id: number;
  name: string;
  type: string;
  nsfwLevel: number;
  tags: string[];
  creator: { username: string };
  stats: { downloadCount: number };
  modelVersions: ApiVersion[];
  [field: string]: unknown;
}
export interface Route {
  versionId: number;
  query: Record<string, string>;
  auth: string;
  status: number;
  body?: unknown;
  redirect?: {
    host: 'r2' | 'b2';
    path: string;
    fileId: number;
    query: string;
    validSeconds: number;
  };
  filename?: string;
}

export interface CivitaiData {
  readonly models: readonly ApiModel[];
  /** By number: the fuller reply of `model-versions/:id`. */
  readonly versions: ReadonlyMap<number, ApiVersion>;
  readonly routes: readonly Route[];
  readonly collections: Readonly<Record<string, { name: string; type: string; models: number[] }>>;
  content(fileId: number): Content | undefined;
  readonly fixed: Readonly<Record<'images' | 'creators' | 'tags' | 'me', unknown>> & {
    readonly enums: { readonly ModelType: readonly string[] };
  };
}

/** Made, not kept: number of the file → size and seed. */
const MADE: Readonly<Record<number, { sizeBytes: number; seed: number }>> = {
  7000201: { sizeBytes: 2_621_568, seed: 201 },
  7000202: { sizeBytes: 524_416, seed: 202 },
  7010101: { sizeBytes: 50_331_776, seed: 301 },
};
const FOLDER = new URL('./fixtures/civitai/', import.meta.url);

/** The recorded replies and one model more: large enough for many pieces, with its licence in the old form. */
export async function readCivitaiData(): Promise<CivitaiData> {
  const models = read<ApiModel[]>('models.json');
  const versions = read<ApiVersion[]>('versions.json');
  addLarge(models, versions);
  const contents = new Map<number, Content>();
  for (const [id, { sizeBytes, seed }] of Object.entries(MADE)) {
    const content = madeWeights(sizeBytes, seed);
    contents.set(Number(id), content);
    const hashes = await recordedHashes(content);
    const all = [...models.flatMap((model) => model.modelVersions), ...versions];
    for (const file of all.flatMap((version) => version.files))
      if (file.id === Number(id)) file.hashes = hashes;
  }
  return {
    models,
    versions: new Map(versions.map((version) => [version.id, version])),
    routes: read<Route[]>('download-routes.json'),
    collections: {
      104: {
        name: 'Lanterns and markets',
        type: 'Model',
        models: [600001, 600003, 600005, 600101],
      },
      105: { name: 'Pictures of lanterns', type: 'Image', models: [] },
    },
    content(fileId) {
      const known = contents.get(fileId);
      if (known) return known;
      try {
        const content = bufferContent(readFileSync(new URL(`files/${fileId}.bin`, FOLDER)));
        contents.set(fileId, content);
        return content;
      } catch {
        return undefined;
      }
    },
    fixed: {
      images: read('images.json'),
      creators: read('creators.json'),
      tags: read('tags.json'),
      enums: read('enums.json'),
      me: read('me.json'),
    },
  };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T;
}

function addLarge(models: ApiModel[], versions: ApiVersion[]): void {
  const like = models.find((model) => model.id === 600009)!;
  const text = JSON.stringify(like)
    .replaceAll('600009', '600101')
    .replaceAll('800091', '801011')
    .replaceAll('7000901', '7010101')
    .replaceAll(/80009\d\d/g, '8010111')
    .replaceAll('paperLantern_reupload', 'bigLanternXL_v10')
    .replaceAll('second_maker', 'example_maker');
  const model = JSON.parse(text) as ApiModel;
  const version = model.modelVersions[0]!;
  Object.assign(model, {
    name: 'Big Lantern XL',
    type: 'Checkpoint',
    allowCommercialUse: '{Image,RentCivit}',
  });
  Object.assign(version, { name: 'v1.0', trainedWords: ['big lantern'] });
  version.files[0]!.sizeKB = MADE[7010101]!.sizeBytes / 1024;
  models.push(model);
  const full = versions.find((each) => each.id === 800091)!;
  versions.push({
    ...structuredClone(full),
    ...structuredClone(version),
    modelId: 600101,
    model: { name: model.name, type: model.type, nsfw: false, poi: false },
  } as ApiVersion);
}
