/** A file as an example, for the preview of a template. */
const example: Readonly<Record<string, string>> = {
  source: 'civitai',
  type: 'LORA',
  creator: 'hanako',
  model: 'Ink wash',
  version: 'v2.0',
  baseModel: 'SDXL 1.0',
  modelId: '600001',
  versionId: '800012',
  file: 'ink-wash.safetensors',
};

export const PLACEHOLDERS = Object.keys(example);

/** Where a file would be saved, and the names in braces that mean nothing. */
export function pathPreview(template: string): { path: string; unknown: string[] } {
  const unknown: string[] = [];
  const path = template.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = example[name];
    if (value === undefined) unknown.push(whole);
    return value ?? whole;
  });
  return { path, unknown };
}
