import { expect, it } from 'vitest';
import { toPlainText } from './plain-text.ts';

it.each([
  [
    '<p>Sample with <strong>HTML</strong> and a <a href="x">link</a>.</p>',
    'Sample with HTML and a link.',
  ],
  ['<h1>Title</h1><p>One<br>Two</p><ul><li>a</li><li>b</li></ul>', 'Title\n\nOne\nTwo\n\n• a\n• b'],
  ['a &lt;b&gt; &amp;amp; &#65;&#x42; &nope; &#0; &#xd800;', 'a <b> &amp; AB &nope; \ufffd \ufffd'],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['<script>alert(1)</script>safe<style>p{}</style>', 'safe'],
  ['<script>never closed', ''],
  ['x<!-- hidden > <b> -->y<!-- not closed', 'xy'],
  ['<img src=x onerror="alert(1)', ''],
  ['<p>', ''],
  ['', ''],
])('makes words of %j', (html, text) => {
  expect(toPlainText(html)).toBe(text);
});

it('stays quick and short whatever it is given', () => {
  for (const hostile of ['<', '<!--', '&', '\n ', '<p', '<script>'])
    expect(toPlainText(hostile.repeat(300_000)).length).toBeLessThanOrEqual(20_000);
});
