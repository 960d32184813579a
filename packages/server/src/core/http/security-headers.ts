/**
 * Security headers, built once instead of per request (helmet builds its middleware anew for every request, which
 * alone costs more than a bare route). The policy of pages is as strict as the web app allows:
 * scripts only from files of ours, style elements only with the page's nonce. `style-src-attr` must allow inline
 * because React and Mantine set style attributes; an attribute cannot carry a nonce.
 */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

export interface SecurityHeaders {
  /** For everything: JSON is never rendered, so its policy allows nothing at all. */
  readonly always: Readonly<Record<string, string>>;
  /** On top, for HTML pages. */
  page(nonce: string): Readonly<Record<string, string>>;
}

/** @param https the product is reached over TLS, so browsers may be told to insist on it */
export function createSecurityHeaders(https: boolean): SecurityHeaders {
  const always = Object.freeze({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(https && { 'strict-transport-security': 'max-age=31536000' }),
  });
  return {
    always,
    page: (nonce) => ({
      'content-security-policy': contentPolicy(nonce),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      'x-frame-options': 'DENY',
    }),
  };
}
