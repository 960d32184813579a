import { Autocomplete, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOrganisation } from '../../../app/session.ts';
import type { LayoutDraft } from './layout-draft.ts';

const fields = ['name', 'loto', 'id', 'time', 'y', 'series', 'numbers', 'exogenous'] as const;

/** What to take each column for, where it should not be found by itself. */
export function LayoutFields({
  draft,
  onChange,
}: {
  readonly draft: LayoutDraft;
  readonly onChange: (draft: LayoutDraft) => void;
}) {
  const { t } = useTranslation('features');
  const { timeZone } = useOrganisation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="sm">
      {fields.map((field) => (
        <TextInput
          key={field}
          label={t(`layout.${field}`)}
          description={t(`layout.${field}Text`)}
          value={draft[field]}
          onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
        />
      ))}
      <Autocomplete
        label={t('layout.timeZone')}
        description={t('layout.timeZoneText')}
        data={[...new Set(['UTC', timeZone])]}
        value={draft.timeZone}
        onChange={(value) => onChange({ ...draft, timeZone: value })}
      />
    </SimpleGrid>
  );
}
