import type { FeatureQuality } from '@kizashi/server/workspaces/features';
import { Badge, Group, Select, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { valueText } from '../../../ui/value-text.ts';
import classes from '../features.module.css';

type Feature = FeatureQuality['features'][number];

const ROWS_AT_ONCE = 50;
const troubles = ['missing', 'constant', 'infinite'] as const;

/** Every feature with its share of missing values and its range. */
export function QualityTable({ quality }: { readonly quality: FeatureQuality }) {
  const { t } = useTranslation('features');
  const [text, setText] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const search = useDeferredValue(text.trim().toLowerCase());
  const columns = useColumns();
  const shown = useMemo(
    () =>
      quality.features.filter(
        (feature) =>
          (search === '' || `${feature.set} ${feature.name}`.toLowerCase().includes(search)) &&
          has(feature, trouble),
      ),
    [quality, search, trouble],
  );
  return (
    <Section title={t('quality.allTitle')}>
      <Group gap="sm" align="flex-end" mb="sm">
        <TextInput
          label={t('values.search')}
          type="search"
          leftSection={<Icon name="search" size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={240}
        />
        <Select
          label={t('quality.trouble')}
          placeholder={t('quality.anyTrouble')}
          data={troubles.map((value) => ({ value, label: t(`quality.troubles.${value}`) }))}
          value={trouble}
          onChange={setTrouble}
          clearable
          w={190}
        />
      </Group>
      {shown.length === 0 ? (
        <Empty icon="search" title={t('values.notFound')} />
      ) : (
        <DataTable
          key={`${search} ${trouble}`}
          label={t('quality.allTitle')}
          columns={columns}
          rows={shown}
          rowKey={({ set, name }) => `${set}\n${name}`}
          rowsAtOnce={ROWS_AT_ONCE}
        />
      )}
    </Section>
  );
}

function has(feature: Feature, trouble: string | null): boolean {
  if (trouble === 'missing') return feature.missing > 0;
  if (trouble === 'infinite') return feature.infinite > 0;
  return trouble !== 'constant' || feature.constant;
}

function useColumns(): readonly Column<Feature>[] {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('quality.column.feature'),
        cell: ({ name, constant }) => (
          <Group gap="xs">
            <span className={`kz-mono kz-wrap ${classes.name}`}>{name}</span>
            {constant && (
              <Badge size="sm" variant="default" className="kz-badge">
                {t('quality.constantBadge')}
              </Badge>
            )}
          </Group>
        ),
        sortBy: ({ name }) => name,
      },
      {
        id: 'set',
        header: t('values.column.set'),
        cell: ({ set }) => set,
        sortBy: ({ set }) => set,
      },
      {
        id: 'missing',
        header: t('quality.column.missing'),
        align: 'right',
        cell: ({ missing }) => format.percent(missing),
        sortBy: ({ missing }) => missing,
      },
      {
        id: 'infinite',
        header: t('quality.column.infinite'),
        align: 'right',
        secondary: true,
        cell: ({ infinite }) => format.percent(infinite),
        sortBy: ({ infinite }) => infinite,
      },
      {
        id: 'min',
        header: t('quality.column.min'),
        align: 'right',
        secondary: true,
        cell: ({ min }) => valueText(min, language),
      },
      {
        id: 'max',
        header: t('quality.column.max'),
        align: 'right',
        secondary: true,
        cell: ({ max }) => valueText(max, language),
      },
    ],
    [t, format, language],
  );
}
