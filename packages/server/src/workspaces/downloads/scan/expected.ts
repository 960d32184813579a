// What a name promises of the content. The content decides the verdict; that the two differ is a finding of its own.

export type Kind =
  | 'safetensors'
  | 'gguf'
  | 'pickle'
  | 'zip'
  | 'tar'
  | '7z'
  | 'packed'
  | 'numpy'
  | 'hdf5'
  | 'protobuf'
  | 'program'
  | 'script'
  | 'text'
  | 'image'
  | 'media'
  | 'document'
  | 'data'
  | 'foreign-archive'
  | 'unknown';

const ANY_TORCH: readonly Kind[] = ['zip', 'pickle', 'tar'];

const EXPECTED: Readonly<Record<string, readonly Kind[]>> = {
  safetensors: ['safetensors'],
  sft: ['safetensors'],
  gguf: ['gguf'],
  pt: ANY_TORCH,
  pth: ANY_TORCH,
  ckpt: [...ANY_TORCH, 'safetensors', 'data', 'protobuf'],
  pkl: ['pickle', 'zip', 'packed'],
  pickle: ['pickle', 'zip', 'packed'],
  joblib: ['pickle', 'packed', 'zip'],
  npy: ['numpy'],
  npz: ['zip'],
  keras: ['zip'],
  h5: ['hdf5'],
  hdf5: ['hdf5'],
  onnx: ['protobuf'],
  zip: ['zip'],
  '7z': ['7z'],
  tar: ['tar'],
  gz: ['packed'],
  tgz: ['packed'],
  bz2: ['packed'],
  xz: ['packed'],
  zst: ['packed'],
  png: ['image'],
  jpg: ['image'],
  jpeg: ['image'],
  webp: ['image'],
  gif: ['image'],
  bmp: ['image'],
  avif: ['image', 'media'],
  mp4: ['media'],
  webm: ['media'],
};

/** Names under which a page, an error or a picture is a failed download. `bin` and `dat` may hold numbers of any kind. */
const MODELS = new Set(
  'safetensors sft gguf ggml pt pth ckpt pkl pickle joblib npy npz keras h5 hdf5 onnx pb tflite mlmodel msgpack bin zip 7z tar gz tgz bz2 xz zst lora vae'.split(
    ' ',
  ),
);
/** Numbers without a format, beside a file that describes them. */
const RAW =
  /\.(onnx_data|onnx\.data|weights?|data-\d{5}-of-\d{5}|index|raw|ggml|spm|tiktoken|mdl|params|caffemodel|om|engine|trt|plan|mlpackage|weight\.bin)$/i;

export function extensionOf(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const dot = base.lastIndexOf('.');
  return dot < 0 ? '' : base.slice(dot + 1).toLowerCase();
}

export function isModelName(name: string): boolean {
  return MODELS.has(extensionOf(name));
}

/** Names that only a Python loader opens: what is in them is a pickle or broken. */
export function isPickleName(name: string): boolean {
  return ['pkl', 'pickle', 'joblib', 'pt', 'pth', 'ckpt'].includes(extensionOf(name));
}

/** Names of texts and documents: neither a program nor nothing at all belongs under some of them. */
const TEXTS = new Set(
  'txt json yaml yml toml md csv tsv xml html htm svg pdf doc docx rtf mp3 wav dat data'.split(' '),
);

/** Names that promise something that is not to be run. */
export function isDataName(name: string): boolean {
  const extension = extensionOf(name);
  return MODELS.has(extension) || TEXTS.has(extension) || Object.hasOwn(EXPECTED, extension);
}

/** Names under which a file of no bytes is a failed download: models, pictures, and what has no kind of its own. */
export function needsContent(name: string): boolean {
  const extension = extensionOf(name);
  return (
    MODELS.has(extension) ||
    Object.hasOwn(EXPECTED, extension) ||
    extension === '' ||
    extension === 'dat'
  );
}

export function isRawName(name: string): boolean {
  return RAW.test(name);
}

/** Whether a known kind of content lies under a name that promises another one. */
export function differs(name: string, kind: Kind): boolean {
  const expected = EXPECTED[extensionOf(name)];
  return expected !== undefined && !expected.includes(kind);
}
