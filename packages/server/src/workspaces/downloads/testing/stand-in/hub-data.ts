import { createHash } from 'node:crypto';
import { bufferContent, type Content, contentBytes } from '../content.ts';
import type { CivitaiData } from './civitai-data.ts';

export type HubKind = 'models' | 'datasets' | 'spaces';

export interface HubFile {
  readonly path: string;
  readonly content: Content;
  /** Git's name of the blob; of a large file that of its pointer. */
  readonly oid: string;
  /** Large files are kept apart. */
  readonly sha256: string | null;
}

export interface HubRepo {
  readonly kind: HubKind;
  readonly id: string;
  readonly sha: string;
  readonly gated: false | 'auto';
  readonly private: boolean;
  readonly tags: readonly string[];
  readonly downloads: number;
  readonly pipeline: string | null;
  readonly card: Readonly<Record<string, unknown>>;
  readonly files: readonly HubFile[];
}

export interface HubData {
  readonly repos: readonly HubRepo[];
  /** Former name → name. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly collections: Readonly<Record<string, readonly { type: string; id: string }[]>>;
}

/** Bytes from which the hub keeps a file apart; the real one goes by the kind of file. */
const LARGE_BYTES = 1024;

/** Some repositories with the files of the other stand-in. */
export async function makeHubData(civitai: CivitaiData): Promise<HubData> {
  const weights = (id: number): Content => civitai.content(id)!;
  const text = (words: string): Content => bufferContent(Buffer.from(words));
  const make = async (
    kind: HubKind,
    id: string,
    files: Record<string, Content>,
    rest: Partial<HubRepo> = {},
  ): Promise<HubRepo> => ({
    kind,
    id,
    sha: createHash('sha1').update(`${kind}/${id}`).digest('hex'),
    gated: false,
    private: false,
    tags: kind === 'models' ? ['diffusers', 'safetensors', 'license:apache-2.0'] : [],
    downloads: 100,
    pipeline: kind === 'models' ? 'text-to-image' : null,
    card: {},
    files: await Promise.all(
      Object.entries(files).map(([path, content]) => hubFile(path, content)),
    ),
    ...rest,
  });
  const config = text('{"architectures":["Example"]}\n');
  return {
    repos: [
      await make(
        'models',
        'example-org/paper-lantern',
        {
          'README.md': text('---\nlicense: apache-2.0\n---\n# Paper Lantern\n'),
          'config.json': config,
          'model.safetensors': weights(7000101),
          'unet/config.json': text('{"sample_size":64}\n'),
          'unet/diffusion_model.safetensors': weights(7000202),
        },
        {
          downloads: 123,
          card: { instance_prompt: 'paper lantern', base_model: 'example-org/base' },
        },
      ),
      await make(
        'models',
        'example-org/old-embedding',
        { 'config.json': config, 'easyexample_old.pt': weights(7000302) },
        { downloads: 50, tags: ['pytorch', 'license:mit'] },
      ),
      await make(
        'models',
        'example-org/gated',
        { 'config.json': config, 'model.safetensors': weights(7000401) },
        { gated: 'auto', downloads: 900 },
      ),
      await make(
        'models',
        'example-org/private',
        { 'config.json': config },
        { private: true, downloads: 0 },
      ),
      await make(
        'models',
        'second-org/mature',
        { 'model.safetensors': weights(7000103) },
        { tags: ['not-for-all-audiences'], downloads: 10 },
      ),
      await make('datasets', 'example-org/captions', {
        'data/captions 1.csv': text('file,caption\n1.png,a lantern\n'),
      }),
      await make('spaces', 'example-org/demo', { 'app.py': text('print("lantern")\n') }),
    ],
    renamed: { 'example-org/former-name': 'example-org/paper-lantern' },
    collections: {
      'example-org/lanterns-0123456789abcdef01234567': [
        { type: 'model', id: 'example-org/paper-lantern' },
        { type: 'paper', id: '2401.00001' },
        { type: 'dataset', id: 'example-org/captions' },
      ],
    },
  };
}

async function hubFile(path: string, content: Content): Promise<HubFile> {
  const bytes = await contentBytes(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (content.sizeBytes < LARGE_BYTES) return { path, content, oid: gitName(bytes), sha256: null };
  return { path, content, oid: gitName(Buffer.from(pointerOf(sha256, content.sizeBytes))), sha256 };
}

/** What Git itself keeps of a large file. */
export function pointerOf(sha256: string, sizeBytes: number): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${sizeBytes}\n`;
}

function gitName(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
