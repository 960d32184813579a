import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/section.tsx';
import { ColumnField } from '../column-field.tsx';
import { CountryField, EventsField } from '../forecast/known-days-fields.tsx';
import { modelNames } from '../forecast/options-draft.ts';
import type { StockDraft } from './stock-draft.ts';

const quantities = ['leadTime', 'onHand', 'onOrder', 'lotSize'] as const;
const layout = ['id', 'time', 'y'] as const;

/** What can be said about the stock and the forecast of its demand. */
export function StockFields({
  draft,
  onChange,
  columns,
  asked,
}: {
  readonly draft: StockDraft;
  readonly onChange: (draft: StockDraft) => void;
  /** Of the file; empty where none was looked into yet. */
  readonly columns: readonly string[];
  /** Whether what is missing was asked for. */
  readonly asked: boolean;
}) {
  const { t } = useTranslation();
  const change = (part: Partial<StockDraft>) => onChange({ ...draft, ...part });
  const number = (
    name: 'review' | 'service' | 'deviation' | 'correlation' | 'season',
    limits: {
      readonly min: number;
      readonly max: number;
      readonly suffix?: string;
      readonly step?: number;
    },
  ) => (
    <NumberInput
      key={name}
      label={t(`try.stock.${name}`)}
      description={t(`try.stock.${name}Text`)}
      placeholder={name === 'season' ? t('try.found') : ''}
      value={draft[name]}
      onChange={(value) => change({ [name]: value })}
      {...limits}
    />
  );
  return (
    <>
      <Section title={t('try.stock.stock')} description={t('try.stock.stockText')}>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }} spacing="md">
          {quantities.map((name) => (
            <ColumnField
              key={name}
              label={t(`try.stock.${name}`)}
              description={t(`try.stock.${name}Text`)}
              columns={columns}
              value={draft[name]}
              onChange={(value) => change({ [name]: value })}
              required={name === 'leadTime'}
              missing={asked && name === 'leadTime' && draft.leadTime.trim() === ''}
            />
          ))}
          {number('review', { min: 1, max: 5000 })}
          {number('service', { min: 50, max: 99.9, suffix: ' %' })}
          {number('deviation', { min: 0, max: 5000 })}
          {number('correlation', { min: 0, max: 1, step: 0.1 })}
        </SimpleGrid>
      </Section>
      <Section title={t('try.stock.demandTitle')} description={t('try.optionsText')}>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="md">
          {layout.map((name) => (
            <ColumnField
              key={name}
              label={t(`try.column.${name}`)}
              description={t(`try.columnText.${name}`)}
              columns={columns}
              value={draft[name]}
              onChange={(value) => change({ [name]: value })}
              found
            />
          ))}
          <Select
            label={t('try.model')}
            description={t('try.modelText')}
            data={modelNames.map((value) => ({ value, label: t(`try.models.${value}`) }))}
            value={draft.model}
            onChange={(model) => model !== null && change({ model })}
            allowDeselect={false}
          />
          {number('season', { min: 1, max: 100_000 })}
          <CountryField value={draft.country} onChange={(country) => change({ country })} />
        </SimpleGrid>
        {draft.model === 'prophet' && (
          <EventsField value={draft.events} onChange={(events) => change({ events })} />
        )}
      </Section>
    </>
  );
}
