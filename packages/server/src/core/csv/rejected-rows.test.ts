import { describe, expect, it } from 'vitest';
import { rowErrorCodes, valueFormatSchema } from './contract.ts';
import { createRowReader } from './read-rows.ts';
import { createRejectedRowsWriter } from './rejected-rows.ts';
import { rowErrorTexts } from './row-error-text.ts';

const { rejected } = (() => {
  const reader = createRowReader({
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    width: 2,
    rules: [
      { name: 'qty', index: 0, type: 'integer', min: 1 },
      { name: 'note', index: 1, type: 'text', maxChars: 5 },
    ],
    format: valueFormatSchema.parse({}),
  });
  reader.write(Buffer.from('qty,note\n-3,=cmd|\'/c\'!A1\n1,a,b\n2,ok\n3,"x"y\n'));
  return reader.end();
})();

describe('createRejectedRowsWriter', () => {
  it('writes line, reasons and the cells as they were, formulas neutralised', () => {
    const writer = createRejectedRowsWriter(['qty', 'note'], 'en', { encoding: 'utf-8' });
    const lines = new TextDecoder().decode(writer.write(rejected)).split('\r\n');
    expect(lines).toEqual([
      'line,reason,qty,note',
      `2,qty: The value is below the smallest allowed. / note: Shorten the text.,-3,'=cmd|'/c'!A1`,
      `3,${rowErrorTexts['too-many-columns'].en},1,a,b`,
      `5,${rowErrorTexts['text-after-quote'].en},"3,""x""y"`,
      '',
    ]);
  });

  it('writes its header once, in the reader’s language', () => {
    const writer = createRejectedRowsWriter(['数量', '備考'], 'ja', { encoding: 'shift_jis' });
    const text = new TextDecoder('shift_jis').decode(
      Buffer.concat([writer.write(rejected), writer.write(rejected)]),
    );
    expect(text.match(/行,理由,数量,備考/g)).toHaveLength(1);
    expect(text).toContain('許される最小値を下回っています。');
  });
});

describe('rowErrorTexts', () => {
  it('explains every code in both languages', () => {
    expect(Object.keys(rowErrorTexts).sort()).toEqual([...rowErrorCodes].sort());
    for (const { en, ja } of Object.values(rowErrorTexts)) {
      expect(en).toMatch(/\.$/);
      expect(ja).toMatch(/。$/);
    }
  });
});
