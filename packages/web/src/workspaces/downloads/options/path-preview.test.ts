import { describe, expect, it } from 'vitest';
import { pathPreview } from './path-preview.ts';

describe('the preview of a path template', () => {
  it('puts an example into every known place', () => {
    expect(pathPreview('{source}/{type}/{file}')).toEqual({
      path: 'civitai/LORA/ink-wash.safetensors',
      unknown: [],
    });
  });

  it('names what it does not know and leaves it as it stands', () => {
    expect(pathPreview('{kind}/{file}')).toEqual({
      path: '{kind}/ink-wash.safetensors',
      unknown: ['{kind}'],
    });
  });
});
