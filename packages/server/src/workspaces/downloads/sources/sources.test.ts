import { HUB_TOKEN } from '../testing/stand-in/hub.ts';
import { describeSource } from './source.conformance.ts';

describeSource('CivitAI', {
  pick: (world) => world.sources.get('civitai'),
  token: 'stand-in-token',
  input: () => ({ kind: 'model', source: 'civitai', id: '600002' }),
  links: (world) => ({
    own: ['https://civitai.com/models/1', `${world.standIn.civitai.url}/models/1?modelVersionId=2`],
    others: ['https://huggingface.co/a/b', 'https://example.org/models/1', 'civitai', ''],
  }),
});

describeSource('the Hugging Face hub', {
  pick: (world) => world.sources.get('hugging-face'),
  token: HUB_TOKEN,
  input: () => ({ kind: 'model', source: 'hugging-face', id: 'example-org/paper-lantern' }),
  links: (world) => ({
    own: ['https://huggingface.co/a/b', `${world.standIn.hub.url}/a/b/resolve/main/c.bin`],
    others: ['https://civitai.com/models/1', 'https://example.org/a/b', 'a/b', ''],
  }),
});

describeSource('plain addresses', {
  pick: (world) => world.sources.get('http'),
  token: undefined,
  input: () => ({ kind: 'file', ref: 'https://example.org/models/a.safetensors' }),
  links: () => ({
    own: ['https://example.org/x', 'http://127.0.0.1:1/x'],
    others: ['ftp://example.org/x', 'file:///etc/passwd', 'javascript:alert(1)', 'x', ''],
  }),
});
