import { expect, it } from 'vitest';
import { createHttp } from './http.ts';

const http = createHttp({ agent: 'Kizashi/1.2.3' });
const never = new AbortController().signal;
const nameOf = async (ref: string) =>
  (await http.list({ kind: 'file', ref }, null, never)).files[0]!.name;

it.each([
  ['https://example.org/a/b%20c.bin?x=1#part', 'b c.bin'],
  ['https://example.org/%E7%AB%B9.safetensors', '竹.safetensors'],
  ['https://example.org/a/..%2F..%2Fetc%2Fpasswd', '../../etc/passwd'],
  ['https://example.org/bad%zz', 'bad%zz'],
  ['https://example.org/folder/', 'folder'],
  ['https://example.org', 'example.org'],
])('names the file of %s as its address does, fit for a folder or not: %s', async (url, name) => {
  expect(await nameOf(url)).toBe(name);
});

it('gives the address back as it is, without its fragment', async () => {
  const address = await http.locate('https://example.org/x?a=1#b', 'start', never);
  expect(address).toEqual({
    url: 'https://example.org/x?a=1',
    headers: { 'user-agent': 'Kizashi/1.2.3' },
  });
});

it('refuses passwords in links and says nothing of them', async () => {
  const attempt = nameOf('https://user:hunter2@example.org/x');
  await expect(attempt).rejects.toMatchObject({ code: 'DOWNLOADS_LINK_PASSWORD' });
  await attempt.catch((error: Error) => expect(error.message).not.toMatch(/hunter2|user:/));
});

it('takes only what is a file', async () => {
  await expect(
    http.list({ kind: 'creator', source: 'http', id: 'x' }, null, never),
  ).rejects.toMatchObject({ code: 'DOWNLOADS_INPUT_UNSUPPORTED' });
});

it('knows a web page that is meant to be one', () => {
  const page = Buffer.from('<!DOCTYPE html><html>');
  const inspect = (name: string) => () =>
    http.inspectHead(page, { name, contentType: 'text/html', host: 'example.org' });
  expect(inspect('index.html')).not.toThrow();
  expect(inspect('model.gguf')).toThrow(/example\.org/);
});
