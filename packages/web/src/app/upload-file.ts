import { type Query, readProblem, type Schema, withQuery } from './api.ts';
import { ApiError, BAD_REPLY, NETWORK } from './api-error.ts';

export interface UploadOptions<T> {
  readonly path: string;
  /** Besides `name`, which is the file's. */
  readonly query?: Query;
  /** Of the reply. */
  readonly schema: Schema<T>;
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
 * Sends the bytes of a file.
 *
 * @throws ApiError; the signal's reason when it was cancelled.
 */
export function uploadFile<T>({
  path,
  query,
  schema,
  file,
  locale,
  onProgress,
  signal,
  createRequest = () => new XMLHttpRequest(),
}: UploadOptions<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = createRequest();
    request.open('POST', withQuery(path, { ...query, name: file.name }));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', locale);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => readReply(request, schema).then(resolve, reject);
    request.onerror = () => reject(new ApiError(NETWORK, { retryable: true }));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

async function readReply<T>(
  { status, responseText }: XMLHttpRequest,
  schema: Schema<T>,
): Promise<T> {
  if (status < 200 || status > 299) {
    // The constructor takes no status outside 200–599.
    throw status < 400
      ? new ApiError(BAD_REPLY, { status })
      : await readProblem(new Response(responseText, { status }));
  }
  try {
    return schema.parse(JSON.parse(responseText));
  } catch (cause) {
    throw new ApiError(BAD_REPLY, { status, cause });
  }
}
