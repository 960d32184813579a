import { Checkbox, NumberInput, Select, SimpleGrid, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/section.tsx';
import { ColumnField } from '../column-field.tsx';
import { SingleAnalysisPage } from '../single-analysis-page.tsx';
import { clusterSchema } from './cluster-document.ts';
import { ClustersView } from './clusters-view.tsx';
import { exampleCustomers } from './example-customers.ts';
import { nameColumn, numberColumns } from './number-columns.ts';

const methods = ['k-means', 'ward', 'average', 'complete', 'single'] as const;

interface Draft {
  readonly columns: readonly string[];
  readonly id: string;
  /** Empty: found. */
  readonly k: number | string;
  readonly method: (typeof methods)[number];
  readonly raw: boolean;
}

const empty: Draft = { columns: [], id: '', k: '', method: 'k-means', raw: false };

/** Rows in; groups of rows that are alike. */
export function ClustersPage() {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <SingleAnalysisPage
      kind="cluster"
      draft={draft}
      onDraft={setDraft}
      guess={(before, file) => {
        const kept = before.columns.filter(
          (name) => file.columns.length === 0 || file.columns.includes(name),
        );
        return {
          ...before,
          columns: kept.length > 0 ? kept : numberColumns(file),
          id: file.columns.includes(before.id) ? before.id : nameColumn(file),
        };
      }}
      isReady={({ columns }) => columns.length > 0}
      options={({ columns, id, k, method, raw }) => ({
        ...{ columns, method, raw },
        ...(id.trim() !== '' && { id: id.trim() }),
        ...(typeof k === 'number' && { k }),
      })}
      example={exampleCustomers}
      schema={clusterSchema}
      fields={(columns, asked) => (
        <>
          <Section title={t('try.columnsTitle')} description={t('try.columnsText')}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              <TagsInput
                label={t('try.cluster.columns')}
                description={t('try.cluster.columnsText')}
                placeholder={draft.columns.length === 0 ? t('try.found') : ''}
                data={[...new Set(columns)]}
                value={[...draft.columns]}
                onChange={(chosen) => change({ columns: chosen })}
                withAsterisk
                error={asked && draft.columns.length === 0 ? t('try.columnMissing') : undefined}
              />
              <ColumnField
                label={t('try.cluster.id')}
                description={t('try.cluster.idText')}
                columns={columns}
                value={draft.id}
                onChange={(id) => change({ id })}
              />
            </SimpleGrid>
          </Section>
          <Section title={t('try.options')} description={t('try.optionsText')}>
            <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
              <NumberInput
                label={t('try.cluster.k')}
                description={t('try.cluster.kText')}
                placeholder={t('try.found')}
                value={draft.k}
                onChange={(k) => change({ k })}
                min={1}
                max={1000}
                allowDecimal={false}
              />
              <Select
                label={t('try.cluster.method')}
                description={t('try.cluster.methodText')}
                data={methods.map((value) => ({ value, label: t(`try.cluster.methods.${value}`) }))}
                value={draft.method}
                onChange={(method) => method !== null && change({ method })}
                allowDeselect={false}
              />
              <Checkbox
                mt="lg"
                label={t('try.cluster.raw')}
                description={t('try.cluster.rawText')}
                checked={draft.raw}
                onChange={(event) => change({ raw: event.currentTarget.checked })}
              />
            </SimpleGrid>
          </Section>
        </>
      )}
    >
      {(found, name) => <ClustersView found={found} name={name} />}
    </SingleAnalysisPage>
  );
}
