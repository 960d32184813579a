import { delimiters, encodings } from '@kizashi/server/contract/csv';
import type { Upload } from '@kizashi/server/workspaces/sales';
import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../queries.ts';

const encodingNames: Readonly<Record<(typeof encodings)[number], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (LE)',
  'utf-16be': 'UTF-16 (BE)',
  shift_jis: 'Shift_JIS (CP932)',
  'euc-jp': 'EUC-JP',
  'windows-1252': 'Windows-1252',
};
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** How the bytes become cells. A change has the server look at the file again. */
export function FileSettings({
  upload,
  onInspect,
}: {
  readonly upload: Upload;
  readonly onInspect: (inspection: Inspection) => void;
}) {
  const { t } = useTranslation('sales');
  const { encoding, delimiter, hasHeader } = upload;
  const inspect = (change: { encoding?: string; delimiter?: string; hasHeader?: boolean }) => {
    const next = { encoding, delimiter, hasHeader, ...change };
    onInspect({
      encoding: encodings.find((known) => known === next.encoding),
      delimiter: delimiters.find((known) => known === next.delimiter),
      hasHeader: next.hasHeader ? 'true' : 'false',
    });
  };
  return (
    <>
      <Select
        w={180}
        label={t('import.check.encoding')}
        allowDeselect={false}
        value={encoding}
        onChange={(value) => inspect({ encoding: value ?? encoding })}
        data={encodings.map((value) => ({ value, label: encodingNames[value] }))}
      />
      <Select
        w={180}
        label={t('import.check.delimiter')}
        allowDeselect={false}
        value={delimiter}
        onChange={(value) => inspect({ delimiter: value ?? delimiter })}
        data={delimiters.map((value) => ({
          value,
          label: t(`import.check.delimiters.${delimiterNames[value]}`),
        }))}
      />
      <Switch
        pb={8}
        label={t('import.check.hasHeader')}
        checked={hasHeader}
        onChange={(event) => inspect({ hasHeader: event.currentTarget.checked })}
      />
    </>
  );
}
