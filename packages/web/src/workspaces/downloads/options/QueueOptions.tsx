import { Checkbox, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { settingsQuery } from '../queries.ts';
import type { OptionsDraft } from './options-draft.ts';
import { PathTemplate } from './PathTemplate.tsx';

const strategies = ['adaptive', 'parallel', 'sequential'] as const;
const choices = ['primary', 'all'] as const;
const TEMPLATE = '{source}/{type}/{creator}/{model}/{version}/{file}';

/** How a job goes about it. */
export function QueueOptions({
  options,
  onChange,
}: {
  readonly options: OptionsDraft;
  readonly onChange: (options: OptionsDraft) => void;
}) {
  const { t } = useTranslation('downloads');
  const settings = useQuery(settingsQuery(useApi())).data;
  const change = (part: Partial<OptionsDraft>) => onChange({ ...options, ...part });
  return (
    <Stack gap="sm">
      <TextInput
        label={t('options.name')}
        description={t('options.nameText')}
        value={options.name}
        maxLength={300}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t('options.strategy')}
          data={strategies.map((value) => ({ value, label: t(`options.strategies.${value}`) }))}
          value={options.strategy}
          allowDeselect={false}
          onChange={(value) =>
            change({ strategy: strategies.find((one) => one === value) ?? 'adaptive' })
          }
        />
        {options.strategy === 'parallel' && (
          <NumberInput
            label={t('options.parallelFiles')}
            value={options.parallelFiles}
            min={1}
            max={64}
            allowDecimal={false}
            onChange={(value) => change({ parallelFiles: Number(value) || 1 })}
          />
        )}
        <NumberInput
          label={t('options.priority')}
          value={options.priority}
          min={-100}
          max={100}
          allowDecimal={false}
          onChange={(value) => change({ priority: Number(value) || 0 })}
        />
        <Select
          label={t('options.files')}
          data={choices.map((value) => ({ value, label: t(`options.filesOf.${value}`) }))}
          value={options.files}
          allowDeselect={false}
          onChange={(value) => change({ files: choices.find((one) => one === value) ?? 'primary' })}
        />
        <TextInput
          type="datetime-local"
          label={t('options.startAt')}
          value={options.startAt}
          onChange={(event) => change({ startAt: event.currentTarget.value })}
        />
      </SimpleGrid>
      <PathTemplate
        label={t('options.template')}
        value={options.pathTemplate}
        fallback={settings?.pathTemplate ?? TEMPLATE}
        onChange={(pathTemplate) => change({ pathTemplate })}
      />
      <Checkbox
        label={t('options.paused')}
        checked={options.paused}
        onChange={(event) => change({ paused: event.currentTarget.checked })}
      />
    </Stack>
  );
}
