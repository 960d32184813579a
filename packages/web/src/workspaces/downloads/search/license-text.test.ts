import { expect, it } from 'vitest';
import { licenseText } from './license-text.ts';

const say = (key: string, values?: { uses: string }) => (values ? `${key}(${values.uses})` : key);

it.each([
  [
    'allowCommercialUse=Image,RentCivit allowNoCredit',
    'commercial(useImage, useRentCivit) · noCredit',
  ],
  ['allowDerivatives', 'derivatives'],
  ['apache-2.0', 'apache-2.0'],
  ['Llama 3 Community License', 'Llama 3 Community License'],
  ['allowCommercialUse=Broadcast allowNoCredit', 'allowCommercialUse=Broadcast allowNoCredit'],
])('%s', (license, text) => {
  expect(licenseText(license, say)).toBe(text);
});
