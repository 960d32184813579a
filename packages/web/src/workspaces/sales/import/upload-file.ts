import { type Upload, uploadSchema } from '@kizashi/server/workspaces/sales';
import { readProblem, withQuery } from '../../../app/api.ts';
import { ApiError, BAD_REPLY, NETWORK } from '../../../app/api-error.ts';

export interface UploadOptions {
  readonly file: File;
  /** Language the server's messages should be in. */
  readonly locale: string;
  /** Fraction of the file that has been sent. */
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
  /** `fetch` cannot tell how much of a body it has sent. */
  readonly createRequest?: () => XMLHttpRequest;
}

/**
 * Sends a file to be looked into.
 *
 * @throws ApiError; the signal's reason when it was cancelled.
 */
export function uploadFile({
  file,
  locale,
  onProgress,
  signal,
  createRequest = () => new XMLHttpRequest(),
}: UploadOptions): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = createRequest();
    request.open('POST', withQuery('/api/sales/uploads', { name: file.name }));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', locale);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => readReply(request).then(resolve, reject);
    request.onerror = () => reject(new ApiError(NETWORK, { retryable: true }));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

async function readReply({ status, responseText }: XMLHttpRequest): Promise<Upload> {
  if (status < 200 || status > 299) {
    // The constructor takes no status outside 200–599.
    throw status < 400
      ? new ApiError(BAD_REPLY, { status })
      : await readProblem(new Response(responseText, { status }));
  }
  try {
    return uploadSchema.parse(JSON.parse(responseText));
  } catch (cause) {
    throw new ApiError(BAD_REPLY, { status, cause });
  }
}
