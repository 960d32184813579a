import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/section.tsx';
import type { ColumnNames, ColumnRole, purchaseNames } from './column-choice.ts';
import { ColumnField } from './column-field.tsx';

type Purchase = keyof typeof purchaseNames;

/** Which column of a file of purchases is what. */
export function PurchaseColumnFields<Name extends Purchase>({
  roles,
  columns,
  chosen,
  onChange,
  asked,
}: {
  readonly roles: readonly ColumnRole<Name>[];
  /** Of the file; empty where none was looked into yet. */
  readonly columns: readonly string[];
  readonly chosen: ColumnNames<Name>;
  readonly onChange: (chosen: ColumnNames<Name>) => void;
  /** Whether what is missing was asked for. */
  readonly asked: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Section title={t('try.columnsTitle')} description={t('try.columnsText')}>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="md">
        {roles.map(({ name, required }) => (
          <ColumnField
            key={name}
            label={t(`try.purchases.${name as Purchase}`)}
            description={t(`try.purchasesText.${name as Purchase}`)}
            columns={columns}
            value={chosen[name]}
            onChange={(column) => onChange({ ...chosen, [name]: column })}
            required={required}
            missing={asked && required && chosen[name].trim() === ''}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
