/** The proxy a request goes through, or null for a direct one. */
export type ProxyChoice = (url: URL) => URL | null;

/**
 * Which proxy an address is fetched through: `setting` for all of them, else the environment's HTTPS_PROXY and HTTP_PROXY but
 * for the hosts of NO_PROXY (`example.org` with all below it, `.example.org`, `host:port`, an address, `*`), in either case.
 * What is no `http:` or `https:` address counts as not set.
 */
export function chooseProxy(
  setting: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ProxyChoice {
  const all = proxyUrl(setting);
  if (all !== null) return () => all;
  const byScheme: Readonly<Record<string, URL | null>> = {
    'https:': proxyUrl(env.https_proxy ?? env.HTTPS_PROXY),
    'http:': proxyUrl(env.http_proxy ?? env.HTTP_PROXY),
  };
  const direct = (env.no_proxy ?? env.NO_PROXY ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => entry.toLowerCase());
  return (url) => {
    const proxy = byScheme[url.protocol] ?? null;
    return proxy === null || direct.some((entry) => covers(entry, url)) ? null : proxy;
  };
}

function proxyUrl(text: string | undefined): URL | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const [, name = entry, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return entry === host;
  return host === name || host.endsWith(`.${name}`);
}
