import type { Catalogue, FeatureValues as Values } from '@kizashi/server/workspaces/features';
import { Box, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { valueText } from '../../../ui/value-text.ts';
import { matcher, searchable } from '../catalogue/search-catalogue.ts';
import classes from '../features.module.css';
import { catalogueQuery, type SeriesName, summaryQuery } from '../queries.ts';

const ROWS_AT_ONCE = 50;
/** Elements of a list that are shown. */
const SHOWN_ELEMENTS = 3;

interface Row {
  readonly set: string;
  readonly name: string;
  readonly value: Values[string][string];
  /** What it computes; undefined until the catalogue is there, and where other parameters than the usual made it. */
  readonly formula: Formula | undefined;
  /** Where a search looks. */
  readonly text: string;
}

type Formula = Catalogue['sets'][number]['features'][number]['formula'];

/** The features of the whole series, as a table with a search. */
export function FeatureValues({ name }: { readonly name: SeriesName }) {
  const { t } = useTranslation('features');
  const can = useCan();
  const found = useQuery(summaryQuery(useApi(), name));
  return (
    <Section title={t('values.title')} description={t('values.text')}>
      <QueryState query={found} lines={6}>
        {(row) =>
          row === null || Object.keys(row.values).length === 0 ? (
            <Empty
              icon="play"
              title={t('values.empty')}
              action={
                can('features.run') && (
                  <Button
                    component={Link}
                    to="/features/runs/new"
                    search={{ dataset: name.loto } as never}
                  >
                    {t('values.run')}
                  </Button>
                )
              }
            />
          ) : (
            <ValuesTable values={row.values} />
          )
        }
      </QueryState>
    </Section>
  );
}

function ValuesTable({ values }: { readonly values: Values }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const [text, setText] = useState('');
  const [set, setSet] = useState<string | null>(null);
  const search = useDeferredValue(text);
  const formulas = useFormulas();
  const rows = useMemo(
    () =>
      Object.entries(values).flatMap(([of, features]) =>
        Object.entries(features).map(([name, value]): Row => {
          const formula = formulas.get(`${of}\n${name}`);
          const text = searchable(of, name, formula?.en, formula?.ja);
          return { set: of, name, value, formula, text };
        }),
      ),
    [values, formulas],
  );
  const shown = useMemo(() => {
    const fits = matcher(search);
    return rows.filter((row) => (set === null || row.set === set) && fits(row.text));
  }, [rows, set, search]);
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: 'name',
        header: t('values.column.name'),
        cell: (row) => (
          <>
            <span className={`kz-mono kz-wrap ${classes.name}`}>{row.name}</span>
            <Box hiddenFrom="sm">
              <Text size="xs" c="dimmed">
                {row.set}
              </Text>
              <Text size="xs">{row.formula?.[language]}</Text>
            </Box>
          </>
        ),
        sortBy: (row) => row.name,
      },
      {
        id: 'set',
        header: t('values.column.set'),
        secondary: true,
        cell: (row) => row.set,
        sortBy: (row) => row.set,
      },
      {
        id: 'value',
        header: t('values.column.value'),
        align: 'right',
        cell: ({ value }) => (
          <span className={`kz-number ${classes.values}`}>
            {Array.isArray(value)
              ? `${value
                  .slice(0, SHOWN_ELEMENTS)
                  .map((part) => elementText(part, language))
                  .join(
                    '; ',
                  )}${value.length > SHOWN_ELEMENTS ? ` … (${format.number(value.length, 0)})` : ''}`
              : elementText(value, language)}
          </span>
        ),
      },
      {
        id: 'formula',
        header: t('values.column.formula'),
        secondary: true,
        cell: ({ formula }) => formula?.[language],
      },
    ],
    [t, language, format],
  );
  return (
    <>
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
          label={t('values.column.set')}
          placeholder={t('values.allSets')}
          data={Object.keys(values)}
          value={set}
          onChange={setSet}
          clearable
          w={200}
        />
        <Text size="sm" c="dimmed" pb={8} role="status">
          {t('values.amount', {
            shown: format.number(shown.length, 0),
            total: format.number(rows.length, 0),
          })}
        </Text>
      </Group>
      {shown.length === 0 ? (
        <Empty icon="search" title={t('values.notFound')} />
      ) : (
        <DataTable
          key={`${set} ${search}`}
          label={t('values.title')}
          columns={columns}
          rows={shown}
          rowKey={(row) => `${row.set}\n${row.name}`}
          rowsAtOnce={ROWS_AT_ONCE}
        />
      )}
    </>
  );
}

function elementText(value: number | string | null | readonly unknown[], language: 'en' | 'ja') {
  if (value === 'Infinity') return valueText(Number.POSITIVE_INFINITY, language);
  if (value === '-Infinity') return valueText(Number.NEGATIVE_INFINITY, language);
  return typeof value === 'string' ? value : valueText(value as number | null, language);
}

/** What each feature computes, by set and name; empty until the catalogue is there. */
function useFormulas(): ReadonlyMap<string, Formula> {
  const { data } = useQuery(catalogueQuery(useApi()));
  return useMemo(
    () =>
      new Map(
        data?.sets.flatMap((set) =>
          set.features.map((feature) => [`${set.name}\n${feature.name}`, feature.formula] as const),
        ),
      ),
    [data],
  );
}
