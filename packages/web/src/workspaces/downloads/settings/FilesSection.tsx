import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/section.tsx';
import { PathTemplate } from '../options/PathTemplate.tsx';
import type { PartProps } from './part-props.ts';

const flags = ['savePreview', 'saveMetadata', 'quarantineSuspicious'] as const;

/** Names of files, what is saved beside them, and what is set aside. */
export function FilesSection({ settings, change }: PartProps) {
  const { t } = useTranslation('downloads');
  return (
    <Section title={t('settings.files')}>
      <Stack gap="md">
        <PathTemplate
          label={t('options.template')}
          value={settings.pathTemplate}
          fallback="{file}"
          onChange={(pathTemplate) => change({ pathTemplate })}
        />
        {flags.map((name) => (
          <Checkbox
            key={name}
            label={t(`settings.${name}`)}
            checked={settings[name]}
            onChange={(event) => change({ [name]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Section>
  );
}
