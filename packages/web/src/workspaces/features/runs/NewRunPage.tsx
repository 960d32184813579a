import { runSchema } from '@kizashi/server/workspaces/features';
import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { useFormat } from '../../../app/use-format.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { catalogueQuery, datasetsQuery, runKey, runsKey } from '../queries.ts';
import {
  type CatalogueSet,
  type RunDraft,
  runOf,
  startingDraft,
  wrongParameters,
} from './run-draft.ts';
import { SetsChoice } from './SetsChoice.tsx';

const GPU: readonly RunDraft['gpu'][] = ['usual', 'off', 'auto', 'require'];

const searchSchema = z.object({ dataset: z.string().max(64).optional().catch(undefined) });

/** What a run computes. As it comes it computes everything of all series: one press starts it. */
export function NewRunPage() {
  const { t } = useTranslation('features');
  const api = useApi();
  const [{ dataset }] = useSearchState(searchSchema);
  const datasets = useQuery(datasetsQuery(api));
  const catalogue = useQuery(catalogueQuery(api));
  return (
    <>
      <PageHeader
        title={t('run.new')}
        parents={[{ label: t('run.title'), to: '/features/runs' }]}
        description={t('newRun.description')}
      />
      <QueryState query={datasets} height={400}>
        {({ items }) =>
          items.length === 0 ? (
            <Section>
              <Empty
                icon="wave"
                title={t('newRun.noSeries')}
                action={
                  <Button component={Link} to="/features">
                    {t('newRun.toSeries')}
                  </Button>
                }
              />
            </Section>
          ) : (
            <QueryState query={catalogue} height={400}>
              {({ sets }) => <Form sets={sets} datasets={items} dataset={dataset} />}
            </QueryState>
          )
        }
      </QueryState>
    </>
  );
}

function Form({
  sets,
  datasets,
  dataset,
}: {
  readonly sets: readonly CatalogueSet[];
  readonly datasets: readonly { loto: string; series: number; points: number }[];
  readonly dataset: string | undefined;
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const [draft, setDraft] = useState(() => startingDraft(sets, dataset));
  const change = (part: Partial<RunDraft>) => setDraft((before) => ({ ...before, ...part }));
  const chosen = datasets.filter(
    ({ loto }) => draft.datasets.length === 0 || draft.datasets.includes(loto),
  );
  const sum = (of: 'series' | 'points') => chosen.reduce((total, one) => total + one[of], 0);
  const wrong = wrongParameters(draft);
  const nothing = !draft.everything && !draft.sets.some((set) => set.chosen);
  const start = useStart();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(draft);
      }}
    >
      <Section title={t('newRun.what')}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <MultiSelect
              label={t('newRun.datasets')}
              description={t('newRun.datasetsText')}
              placeholder={draft.datasets.length === 0 ? t('series.allDatasets') : ''}
              data={datasets.map(({ loto }) => loto)}
              value={[...draft.datasets]}
              onChange={(value) => change({ datasets: value })}
              searchable
              clearable
            />
            <TextInput
              label={t('newRun.name')}
              description={t('newRun.nameText')}
              value={draft.name}
              maxLength={200}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Text size="sm" c="dimmed" role="status">
            {t('series.amount', {
              series: format.number(sum('series'), 0),
              points: format.number(sum('points'), 0),
            })}
          </Text>
          <div>
            <SegmentedControl
              aria-label={t('newRun.sets')}
              value={draft.everything ? 'everything' : 'chosen'}
              onChange={(value) => change({ everything: value === 'everything' })}
              data={[
                { value: 'everything', label: t('newRun.everything') },
                { value: 'chosen', label: t('newRun.chosen') },
              ]}
            />
            <Text size="sm" c="dimmed" mt={6}>
              {t(draft.everything ? 'newRun.everythingText' : 'newRun.chosenText')}
            </Text>
          </div>
        </Stack>
      </Section>
      {!draft.everything && (
        <Section title={t('newRun.sets')}>
          <SetsChoice
            sets={draft.sets}
            onChange={(changed) =>
              change({
                sets: draft.sets.map((one) => (one.set.name === changed.set.name ? changed : one)),
              })
            }
          />
        </Section>
      )}
      <Section title={t('newRun.options')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <NumberInput
            label={t('newRun.horizon')}
            description={t('newRun.horizonText')}
            value={draft.horizon}
            min={0}
            max={3660}
            allowDecimal={false}
            onChange={(value) => change({ horizon: Number(value) || 0 })}
          />
          <TextInput
            label={t('newRun.country')}
            description={t('newRun.countryText')}
            value={draft.country}
            maxLength={2}
            onChange={(event) => change({ country: event.currentTarget.value.toUpperCase() })}
          />
          <Checkbox
            label={t('newRun.lookahead')}
            description={t('newRun.lookaheadText')}
            checked={draft.lookahead}
            onChange={(event) => change({ lookahead: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('newRun.fresh')}
            description={t('newRun.freshText')}
            checked={draft.fresh}
            onChange={(event) => change({ fresh: event.currentTarget.checked })}
          />
          <Select
            label={t('newRun.gpu')}
            description={t('newRun.gpuText')}
            value={draft.gpu}
            data={GPU.map((value) => ({ value, label: t(`newRun.gpuModes.${value}`) }))}
            allowDeselect={false}
            onChange={(gpu) => change({ gpu: gpu as RunDraft['gpu'] })}
          />
        </SimpleGrid>
      </Section>
      <Section>
        <Stack gap="sm">
          <FormError error={start.error} />
          {wrong.length > 0 && (
            <Text c="var(--kizashi-bad)" role="alert">
              {t('newRun.wrong', { names: wrong.join(', ') })}
            </Text>
          )}
          <Group>
            <Button
              type="submit"
              leftSection={<Icon name="play" />}
              loading={start.isPending}
              disabled={nothing || wrong.length > 0}
            >
              {t('newRun.start')}
            </Button>
          </Group>
        </Stack>
      </Section>
    </form>
  );
}

function useStart() {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    meta: shownInPlace,
    mutationFn: (draft: RunDraft) => api.post('/api/features/runs', runSchema, runOf(draft)),
    onSuccess: (run) => {
      client.setQueryData(runKey(run.id), run);
      void client.invalidateQueries({ queryKey: runsKey });
      return navigate({ to: `/features/runs/${run.id}` });
    },
  });
}
