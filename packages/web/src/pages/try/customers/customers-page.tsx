import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
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
import { customersSchema } from './customers-document.ts';
import { CustomersView } from './customers-view.tsx';

const roles = [
  { name: 'customer', required: true, called: purchaseNames.customer },
  { name: 'time', required: true, called: purchaseNames.time },
  { name: 'amount', required: true, called: purchaseNames.amount },
  { name: 'quantity', required: false, called: purchaseNames.quantity },
  { name: 'item', required: false, called: purchaseNames.item },
] as const satisfies readonly ColumnRole<string>[];
type Role = (typeof roles)[number]['name'];

interface Draft {
  readonly columns: ColumnNames<Role>;
  /** Days. */
  readonly horizon: number | string;
  readonly within: number | string;
  /** `YYYY-MM-DD`, or empty. */
  readonly until: string;
}

const empty: Draft = {
  columns: { customer: '', time: '', amount: '', quantity: '', item: '' },
  ...{ horizon: '', within: '', until: '' },
};

/** Purchases in; who will buy again, when and for how much. */
export function CustomersPage() {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <SingleAnalysisPage
      kind="customers"
      draft={draft}
      onDraft={setDraft}
      guess={(before, file) => ({ ...before, columns: guessColumns(roles, before.columns, file) })}
      isReady={({ columns }) => missingColumns(roles, columns).length === 0}
      options={({ columns, horizon, within, until }) => ({
        ...namedColumns(columns),
        ...(typeof horizon === 'number' && { horizonDays: horizon }),
        ...(typeof within === 'number' && { withinDays: within }),
        ...(until !== '' && { until }),
      })}
      example={exampleShop}
      schema={customersSchema}
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
            <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
              <NumberInput
                label={t('try.customers.horizon')}
                description={t('try.customers.horizonText')}
                placeholder={t('try.found')}
                value={draft.horizon}
                onChange={(horizon) => change({ horizon })}
                min={1}
                max={100_000}
                allowDecimal={false}
              />
              <NumberInput
                label={t('try.customers.withinDays')}
                description={t('try.customers.withinText')}
                value={draft.within}
                onChange={(within) => change({ within })}
                min={1}
                max={3650}
                allowDecimal={false}
              />
              <TextInput
                type="date"
                label={t('try.until')}
                description={t('try.untilText')}
                value={draft.until}
                onChange={(event) => change({ until: event.currentTarget.value })}
              />
            </SimpleGrid>
          </Section>
        </>
      )}
    >
      {(found, name) => <CustomersView found={found} name={name} />}
    </SingleAnalysisPage>
  );
}
