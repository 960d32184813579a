import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reasonTexts } from './reason-texts.ts';
import { REASONS } from './reasons.ts';

const page = new URL('../../../../../../docs/reference/downloads-scanner.md', import.meta.url);

it('the reference page has every reason with its verdict and words, and no others', () => {
  const rows = [
    ...readFileSync(page, 'utf8').matchAll(/^\| `([a-z]+\.[a-z-]+)` \| (\w+) \| (.*) \|$/gm),
  ];
  expect(Object.fromEntries(rows.map(([, code, verdict]) => [code, verdict]))).toEqual(REASONS);
  const codes = rows.map(([, code]) => code!);
  expect(reasonTexts(codes).map(({ en }) => en)).toEqual(
    rows.map(([, , , text]) => text!.replaceAll('`', '')),
  );
});
