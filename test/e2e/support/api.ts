import type { Product } from './product.ts';

export const administrator = {
  email: 'admin@example.com',
  name: 'Aiko Tanaka',
  password: 'correct horse battery staple',
};

/** A signed-in browser without the browser: keeps the session cookie. */
export class Api {
  readonly #url: () => string;
  #cookie = '';

  constructor(url: () => string) {
    this.#url = url;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { ok, status, text } = await this.ask(method, path, body);
    if (!ok) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** The answer, whatever it is. */
  async ask(method: string, path: string, body?: unknown) {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(this.#url() + path, {
      method,
      headers: {
        ...this.headers(),
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: (isBytes ? body : JSON.stringify(body)) as never }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie) this.#cookie = cookie;
    return { ok: response.ok, status: response.status, text: await response.text() };
  }

  /** What a page of the product sends along. */
  headers(): Record<string, string> {
    return {
      ...(this.#cookie ? { cookie: this.#cookie } : {}),
      origin: this.#url(),
      'sec-fetch-site': 'same-origin',
    };
  }

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.call('POST', path, body);
  }

  signIn({ email, password } = administrator): Promise<void> {
    return this.post('/api/auth/login', { email, password });
  }
}

/** Makes the first administrator by the one-time link and stays signed in. */
export async function setUp(product: Product): Promise<Api> {
  const secret = product.setupLink?.split('#')[1];
  if (secret === undefined) throw new Error('no set-up link was printed');
  const api = new Api(() => product.url);
  await api.post('/api/auth/setup', { ...administrator, secret, locale: 'en' });
  return api;
}

/** Somebody new, who has this role and is signed in. */
export async function invite(admin: Api, product: Product, role: string): Promise<Api> {
  const { link } = await admin.post<{ link: string }>('/api/invitations', { role });
  const person = new Api(() => product.url);
  await person.post('/api/auth/register', {
    ...personWith(role),
    invitation: link.split('#')[1],
    locale: 'en',
  });
  return person;
}

export function personWith(role: string) {
  return { ...administrator, email: `${role}@example.com`, name: `Somebody ${role}` };
}

/** Asks again until `isDone`; for states that change outside of this process. */
export async function until<T>(
  ask: () => Promise<T>,
  isDone: (value: T) => boolean,
  timeoutMs = 120_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (Date.now() > end)
      throw new Error(`not reached in ${timeoutMs} ms: ${JSON.stringify(value)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
