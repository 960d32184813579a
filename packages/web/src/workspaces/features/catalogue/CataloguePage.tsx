import { type Catalogue, featureCosts, pipelineIds } from '@kizashi/server/workspaces/features';
import { Badge, Box, Checkbox, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import classes from '../features.module.css';
import { catalogueQuery } from '../queries.ts';
import { type CatalogueEntry, entriesOf, found } from './search-catalogue.ts';

const ROWS_AT_ONCE = 50;

const searchSchema = z.object({
  pipeline: z.enum(pipelineIds).optional().catch(undefined),
  set: z.string().max(60).optional().catch(undefined),
  pointInTime: z.literal('true').optional().catch(undefined),
});

/** Every feature there is: what it computes and where it comes from. */
export function CataloguePage() {
  const { t } = useTranslation('features');
  const catalogue = useQuery(catalogueQuery(useApi()));
  return (
    <>
      <PageHeader title={t('catalogue.title')} description={t('catalogue.description')} />
      <QueryState query={catalogue} height={500}>
        {(data) => <Features catalogue={data} />}
      </QueryState>
    </>
  );
}

function Features({ catalogue }: { readonly catalogue: Catalogue }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const [text, setText] = useState('');
  const [choice, change] = useSearchState(searchSchema);
  const search = useDeferredValue(text);
  const entries = useMemo(() => entriesOf(catalogue), [catalogue]);
  const { pipeline, set, pointInTime } = choice;
  const shown = useMemo(
    () => found(entries, { search, pipeline, set, pointInTime: pointInTime === 'true' }),
    [entries, search, pipeline, set, pointInTime],
  );
  const columns = useColumns();
  const sets = catalogue.sets.filter((one) => pipeline === undefined || one.pipeline === pipeline);
  return (
    <Section>
      <Group gap="sm" align="flex-end" mb="sm">
        <TextInput
          label={t('catalogue.search')}
          type="search"
          leftSection={<Icon name="search" size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={260}
        />
        <Select
          label={t('catalogue.pipeline')}
          placeholder={t('catalogue.allPipelines')}
          data={pipelineIds
            .filter((id) => catalogue.sets.some((one) => one.pipeline === id))
            .map((id) => ({ value: id, label: t(`pipeline.${id}`) }))}
          value={pipeline ?? null}
          onChange={(value) =>
            change({ pipeline: pipelineIds.find((id) => id === value), set: undefined })
          }
          clearable
          w={220}
        />
        <Select
          label={t('catalogue.set')}
          placeholder={t('values.allSets')}
          data={sets.map((one) => one.name)}
          value={set ?? null}
          onChange={(value) => change({ set: value ?? undefined })}
          clearable
          w={190}
        />
        <Checkbox
          label={t('catalogue.onlyPointInTime')}
          checked={pointInTime === 'true'}
          onChange={(event) =>
            change({ pointInTime: event.currentTarget.checked ? 'true' : undefined })
          }
          pb={8}
        />
      </Group>
      <Text size="sm" c="dimmed" mb="sm" role="status">
        {t('catalogue.amount', {
          shown: format.number(shown.length, 0),
          total: format.number(entries.length, 0),
          sets: format.number(catalogue.sets.length, 0),
        })}
      </Text>
      {shown.length === 0 ? (
        <Empty icon="search" title={t('catalogue.none')} />
      ) : (
        <DataTable
          key={[search, pipeline, set, pointInTime].join(' ')}
          label={t('catalogue.title')}
          columns={columns}
          rows={shown}
          rowKey={(entry) => `${entry.set.name}\n${entry.feature.name}`}
          rowsAtOnce={ROWS_AT_ONCE}
        />
      )}
    </Section>
  );
}

/** What a feature computes, in what unit, and where it comes from. */
function Contents({ feature }: Pick<CatalogueEntry, 'feature'>) {
  const { t } = useTranslation('features');
  const language = useLanguage();
  return (
    <div className={classes.contents}>
      {feature.formula[language]}
      <Text size="xs">
        {t('catalogue.facts', {
          unit: feature.unit[language],
          missing: t(`catalogue.missing.${feature.missing}`),
        })}
      </Text>
      {/* A citation stays in the language of the paper. */}
      <Text size="xs" c="dimmed" lang="en">
        {feature.source}
      </Text>
    </div>
  );
}

function useColumns(): readonly Column<CatalogueEntry>[] {
  const { t } = useTranslation('features');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('catalogue.column.name'),
        cell: ({ set, feature }) => (
          <>
            <span className={`kz-mono kz-wrap ${classes.name}`}>{feature.name}</span>
            {feature.alias !== null && (
              <Text size="xs" c="dimmed" className="kz-wrap">
                {feature.alias}
              </Text>
            )}
            {feature.pointInTime && (
              <div>
                <Badge size="sm" variant="light" color="midori" className="kz-badge">
                  {t('catalogue.pointInTime')}
                </Badge>
              </div>
            )}
            {/* A phone has room for one column. */}
            <Box hiddenFrom="sm" mt={4}>
              <Text size="xs" c="dimmed">
                {set.name}
              </Text>
              <Contents feature={feature} />
            </Box>
          </>
        ),
        sortBy: ({ feature }) => feature.name,
      },
      {
        id: 'set',
        header: t('catalogue.column.set'),
        secondary: true,
        cell: ({ set }) => (
          <>
            {set.name}
            {set.agreement.map(({ peer, version, values, agreeing }) => (
              <Text key={`${peer} ${values}`} size="xs" c="dimmed">
                {t('catalogue.agreement', {
                  peer,
                  version,
                  agreeing: format.number(agreeing, 0),
                  values: format.number(values, 0),
                })}
              </Text>
            ))}
          </>
        ),
        sortBy: ({ set }) => set.name,
      },
      {
        id: 'formula',
        header: t('catalogue.column.formula'),
        secondary: true,
        cell: ({ feature }) => <Contents feature={feature} />,
      },
      {
        id: 'cost',
        header: t('catalogue.column.cost'),
        secondary: true,
        cell: ({ feature }) => (
          <span className={classes.values}>{t(`catalogue.cost.${feature.cost}`)}</span>
        ),
        sortBy: ({ feature }) => featureCosts.indexOf(feature.cost),
      },
    ],
    [t, format],
  );
}
