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
const PROGRAMS = new Set(
  'exe dll sys scr com so dylib node bin run sh bash zsh fish csh ksh py pyw rb pl js mjs cjs ts mts cts bat cmd ps1 msi appimage out ko o a pyd pyc jar class elf wasm php lua tcl awk sed r jl nim'.split(
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

export function isProgramName(name: string): boolean {
  const extension = extensionOf(name);
  return (
    (extension === '' && name !== '') || /^(so\.)?\d+$/.test(extension) || PROGRAMS.has(extension)
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
