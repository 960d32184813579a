import { AppError, type Locale } from '../../../core/errors.ts';
import { salesErrors } from '../errors.ts';
import type { ImportFailure } from '../store/tables.ts';
import type { MappingProblem } from './line-mapper.ts';

/** What keeps an import from being started, in words. */
export const mappingProblemTexts: Readonly<Record<MappingProblem, { en: string; ja: string }>> = {
  'no-order': {
    en: 'Choose the column with the order number.',
    ja: '受注番号の列を選んでください。',
  },
  'no-time': {
    en: 'Choose the column with the date or time of the order.',
    ja: '受注日 (日時) の列を選んでください。',
  },
  'no-product': {
    en: 'Choose the column with the product code or name.',
    ja: '商品コードまたは商品名の列を選んでください。',
  },
  'no-price': {
    en: 'Choose the column with the unit price or the amount.',
    ja: '単価または金額の列を選んでください。',
  },
  'field-twice': {
    en: 'Two columns are used for the same thing. Set one of them to “ignore”.',
    ja: '同じ用途の列が 2 つあります。片方を「使わない」にしてください。',
  },
  'type-unfit': {
    en: 'A column cannot be read like this for what it is used for. Choose how it is read again.',
    ja: '用途に合わない読み取り形式の列があります。読み取り形式を選び直してください。',
  },
};

export function importFailureText({ code, params }: ImportFailure, locale: Locale): string {
  const definition = Object.entries(salesErrors.catalogue).find(([known]) => known === code)?.[1];
  return definition === undefined ? code : new AppError(code, definition, params).text(locale);
}
