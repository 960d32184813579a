import { describe, expect, it } from 'vitest';
import { linkLines } from './link-lines.ts';

describe('lines of links', () => {
  it('are taken once each, without empty lines and remarks', () => {
    const text = ' https://a.example/1 \r\n\n# later\nhttps://a.example/2\nhttps://a.example/1';
    expect(linkLines(text)).toEqual({
      links: ['https://a.example/1', 'https://a.example/2'],
      wrong: [],
    });
  });

  it('that are none are told by their number', () => {
    const text = 'https://a.example/1\nftp://a.example/x\nnothing\nhttps://two words.example/';
    expect(linkLines(text).wrong).toEqual([
      { line: 2, text: 'ftp://a.example/x' },
      { line: 3, text: 'nothing' },
      { line: 4, text: 'https://two words.example/' },
    ]);
  });

  it('longer than the server takes are wrong', () => {
    expect(linkLines(`https://a.example/${'x'.repeat(4000)}`).wrong).toHaveLength(1);
  });
});
