import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/section.tsx';
import {
  type ColumnNames,
  type ColumnRole,
  guessColumns,
  missingColumns,
  namedColumns,
  purchaseNames,
} from '../column-choice.ts';
import { exampleShop } from '../example-shop.ts';
import { PurchaseColumnFields } from '../purchase-column-fields.tsx';
import { SingleAnalysisPage } from '../single-analysis-page.tsx';
import { recommendSchema } from './recommend-document.ts';
import { RecommendView } from './recommend-view.tsx';

const roles = [
  { name: 'customer', required: true, called: purchaseNames.customer },
  { name: 'item', required: true, called: purchaseNames.item },
  { name: 'time', required: false, called: purchaseNames.time },
  { name: 'quantity', required: false, called: purchaseNames.quantity },
  { name: 'order', required: false, called: purchaseNames.order },
] as const satisfies readonly ColumnRole<string>[];
type Role = (typeof roles)[number]['name'];

const models = ['ease', 'als', 'item-knn'] as const;

interface Draft {
  readonly columns: ColumnNames<Role>;
  readonly model: (typeof models)[number];
  /** Length of each list. */
  readonly count: number | string;
  /** In percent. */
  readonly support: number | string;
  readonly confidence: number | string;
  /** `YYYY-MM-DD`, or empty. */
  readonly until: string;
}

const empty: Draft = {
  columns: { customer: '', item: '', time: '', quantity: '', order: '' },
  ...{ model: 'ease', count: 10, support: 1, confidence: 20, until: '' },
};

/** Purchases in; what each customer will buy again and discover, and what is bought together. */
export function RecommendPage() {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <SingleAnalysisPage
      kind="recommend"
      draft={draft}
      onDraft={setDraft}
      guess={(before, file) => ({ ...before, columns: guessColumns(roles, before.columns, file) })}
      isReady={({ columns }) => missingColumns(roles, columns).length === 0}
      options={({ columns, model, count, support, confidence, until }) => ({
        ...namedColumns(columns),
        model,
        ...(typeof count === 'number' && { count }),
        ...(typeof support === 'number' && { minSupport: support / 100 }),
        ...(typeof confidence === 'number' && { minConfidence: confidence / 100 }),
        ...(until !== '' && { until }),
      })}
      example={exampleShop}
      schema={recommendSchema}
      fields={(columns, asked) => (
        <>
          <PurchaseColumnFields
            roles={roles}
            columns={columns}
            chosen={draft.columns}
            onChange={(chosen) => change({ columns: chosen })}
            asked={asked}
          />
          <Section title={t('try.options')} description={t('try.optionsText')}>
            <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="md">
              <Select
                label={t('try.recommend.model')}
                data={models.map((value) => ({ value, label: t(`try.recommend.models.${value}`) }))}
                value={draft.model}
                onChange={(model) => model !== null && change({ model })}
                allowDeselect={false}
              />
              <NumberInput
                label={t('try.recommend.count')}
                value={draft.count}
                onChange={(count) => change({ count })}
                min={1}
                max={100}
                allowDecimal={false}
              />
              <TextInput
                type="date"
                label={t('try.until')}
                value={draft.until}
                onChange={(event) => change({ until: event.currentTarget.value })}
              />
              <NumberInput
                label={t('try.recommend.minSupport')}
                description={t('try.recommend.minSupportText')}
                value={draft.support}
                onChange={(support) => change({ support })}
                min={0.01}
                max={99}
                suffix=" %"
              />
              <NumberInput
                label={t('try.recommend.minConfidence')}
                description={t('try.recommend.minConfidenceText')}
                value={draft.confidence}
                onChange={(confidence) => change({ confidence })}
                min={0.1}
                max={99}
                suffix=" %"
              />
            </SimpleGrid>
          </Section>
        </>
      )}
    >
      {(found, name) => <RecommendView found={found} name={name} />}
    </SingleAnalysisPage>
  );
}
