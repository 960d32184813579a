import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { uploadFile } from './upload-file.ts';

const schema = z.object({ id: z.string() });
const upload = { id: 'u1' };

/** The part of XMLHttpRequest that is used; the test plays the server. */
function fakeRequest() {
  const request = {
    address: '',
    sent: undefined as unknown,
    status: 0,
    responseText: '',
    upload: {} as { onprogress?: (event: { loaded: number; total: number }) => void },
    onload: () => {},
    onerror: () => {},
    onabort: () => {},
    open: (_method: string, address: string) => {
      request.address = address;
    },
    setRequestHeader: () => {},
    send: (body: unknown) => {
      request.sent = body;
    },
    abort: () => request.onabort(),
    reply(status: number, body: unknown) {
      request.status = status;
      request.responseText = typeof body === 'string' ? body : JSON.stringify(body);
      request.onload();
    },
  };
  return request;
}

function start() {
  const request = fakeRequest();
  const cancel = new AbortController();
  const progress: number[] = [];
  const file = new File(['a,b'], '受注 1.csv');
  const result = uploadFile({
    path: '/api/uploads',
    query: { store: 'true' },
    schema,
    file,
    locale: 'ja',
    onProgress: (fraction) => progress.push(fraction),
    signal: cancel.signal,
    createRequest: () => request as unknown as XMLHttpRequest,
  });
  return { request, cancel, progress, file, result };
}

describe('sending a file', () => {
  it('sends its bytes and name, tells how far it is, and gives what the server found', async () => {
    const { request, progress, file, result } = start();
    const { pathname, searchParams } = new URL(request.address, 'http://x');
    expect(pathname).toBe('/api/uploads');
    expect(Object.fromEntries(searchParams)).toEqual({ name: '受注 1.csv', store: 'true' });
    expect(request.sent).toBe(file);
    request.upload.onprogress?.({ loaded: 1, total: 4 });
    request.upload.onprogress?.({ loaded: 4, total: 4 });
    request.reply(200, upload);
    expect(await result).toEqual(upload);
    expect(progress).toEqual([0.25, 1]);
  });

  it('fails in the words of the server', async () => {
    const { request, result } = start();
    request.reply(413, {
      type: 'about:blank',
      title: 'Too large',
      status: 413,
      detail: 'Split the file.',
      code: 'UPLOAD_TOO_LARGE',
      requestId: 'r',
      retryable: false,
      params: {},
      fields: [],
    });
    await expect(result).rejects.toMatchObject({
      code: 'UPLOAD_TOO_LARGE',
      detail: 'Split the file.',
    });
  });

  it('says so when the connection breaks or the reply makes no sense', async () => {
    const broken = start();
    broken.request.onerror();
    await expect(broken.result).rejects.toMatchObject({ code: 'NETWORK', retryable: true });
    const strange = start();
    strange.request.reply(200, '<html>');
    await expect(strange.result).rejects.toBeInstanceOf(ApiError);
  });

  it('stops when it is cancelled', async () => {
    const { cancel, result } = start();
    cancel.abort();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  });
});
