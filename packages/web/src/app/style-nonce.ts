/** The value the server wrote into this reply; without it the content policy refuses `<style>` elements. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
