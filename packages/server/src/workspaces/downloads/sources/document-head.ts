/** What the first bytes of an answer are when they are words about a file and not the file. */
export type DocumentHead =
  | { readonly kind: 'page' }
  /** An error of an API in JSON. */
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>> }
  /** An error document of S3, R2 or B2. */
  | { readonly kind: 'xml'; readonly code: string; readonly message: string }
  | { readonly kind: 'lfs-pointer' };

const LOOKED_AT_BYTES = 64 * 1024;
const TEXT_NAMES =
  /\.(x?html?|xml|svg|jsonl?|txt|md|ya?ml|csv|tsv|jinja2?|j2|tmpl|ejs|hbs|php|vue|svelte|astro|py|js|ts|ipynb)$/i;

/**
 * Recognises a login page, an error document or a Git LFS pointer that came with status 200 under a file's name. A file that is
 * meant to be a page, XML or JSON by its name is taken for what it says.
 */
export function readDocumentHead(head: Uint8Array, name: string): DocumentHead | undefined {
  const text = new TextDecoder().decode(head.subarray(0, LOOKED_AT_BYTES)).trimStart();
  if (
    head.length < 1024 &&
    /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\r?\noid sha256:[0-9a-f]{64}/m.test(text)
  )
    return { kind: 'lfs-pointer' };
  if (text[0] === '<') {
    const code = /<Error>[\s\S]{0,200}?<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1];
    if (code !== undefined) {
      const message = /<Message>([^<]{0,300})<\/Message>/.exec(text)?.[1] ?? '';
      return { kind: 'xml', code, message };
    }
    const page = /^<(!doctype\s+html|html|head|body)\b/i.test(withoutPreamble(text));
    return page && !TEXT_NAMES.test(name) ? { kind: 'page' } : undefined;
  }
  if (text[0] !== '{' || /\.jsonl?$/i.test(name) || head.length >= LOOKED_AT_BYTES)
    return undefined;
  return errorObject(text);
}

/** From the first tag on. A loop: as one pattern, comments can be cut up in more ways than there is time for. */
function withoutPreamble(text: string): string {
  let at = 0;
  for (;;) {
    const comment = text.startsWith('<!--', at);
    if (!comment && !text.startsWith('<?', at)) return text.slice(at, at + 100);
    const end = text.indexOf(comment ? '-->' : '>', at);
    if (end === -1) return '';
    at = end + (comment ? 3 : 1);
    while (/\s/.test(text[at] ?? '')) at++;
  }
}

/** A JSON object that speaks of an error: settings of a model are JSON as well. */
function errorObject(text: string): DocumentHead | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const speaks = ['error', 'message', 'code', 'detail'].some(
      (key) => typeof value[key] === 'string',
    );
    return speaks && Object.keys(value).length <= 8 ? { kind: 'json', value } : undefined;
  } catch {
    return undefined;
  }
}
