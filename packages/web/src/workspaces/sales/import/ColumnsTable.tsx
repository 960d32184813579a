import type { ColumnType } from '@kizashi/server/contract/csv';
import {
  type Field,
  fieldSchema,
  fieldTypes,
  type ImportMapping,
  type Upload,
} from '@kizashi/server/workspaces/sales';
import { NativeSelect, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './import.module.css';
import { withField, withType } from './mapping.ts';

/** Each column of the file: its first values, what it is used for and how it is read. */
export function ColumnsTable({
  upload,
  mapping,
  onChange,
}: {
  readonly upload: Upload;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}) {
  const { t } = useTranslation('sales');
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={t('import.check.columns')} verticalSpacing={6} horizontalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('import.check.columnName')}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t('import.check.samples')}
            </Table.Th>
            <Table.Th scope="col">{t('import.check.field')}</Table.Th>
            <Table.Th scope="col">{t('import.check.type')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {upload.columns.map(({ index, name, samples }) => {
            const { field, type } = mapping.columns[index]!;
            return (
              <Table.Tr key={index} className={field === 'ignore' ? classes.unused : undefined}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td className={classes.samples} visibleFrom="sm">
                  <Text size="sm" c="dimmed" truncate>
                    {samples.join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={t('import.check.fieldOf', { name })}
                    value={field}
                    onChange={(event) =>
                      onChange(withField(mapping, index, event.currentTarget.value as Field))
                    }
                    data={fieldSchema.options.map((value) => ({
                      value,
                      label: t(`import.check.fields.${value}`),
                    }))}
                  />
                </Table.Td>
                <Table.Td>
                  <ReadAs
                    label={t('import.check.typeOf', { name })}
                    field={field}
                    type={type}
                    onChange={(chosen) => onChange(withType(mapping, index, chosen))}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** How the cells are read: a choice only where there is one. */
function ReadAs({
  label,
  field,
  type,
  onChange,
}: {
  readonly label: string;
  readonly field: Field;
  readonly type: ColumnType;
  readonly onChange: (type: ColumnType) => void;
}) {
  const { t } = useTranslation('sales');
  const types = fieldTypes[field];
  if (field === 'ignore') return null;
  if (types.length === 1) return <Text size="sm">{t(`import.check.types.${types[0]}`)}</Text>;
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={type}
      onChange={(event) => onChange(event.currentTarget.value as ColumnType)}
      data={types.map((value) => ({ value, label: t(`import.check.types.${value}`) }))}
    />
  );
}
