import { type FeaturesImport, importSchema } from '@kizashi/server/workspaces/features';
import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { importKey, importQuery, importsKey, isBusyImport } from '../queries.ts';
import { useImportsLive } from '../use-live-changes.ts';
import { ImportState } from './ImportState.tsx';
import { RejectedRows, ReportSection, SeriesFacts } from './Report.tsx';

/** One import: its report before anything is stored, then its result. */
export function ImportPage() {
  const { t } = useTranslation('features');
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(importQuery(useApi(), id));
  useImportsLive();
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Empty icon="search" title={t('import.notFound')} />;
  }
  return (
    <QueryState query={found} height={400}>
      {(one) => (
        <>
          <PageHeader
            title={one.name}
            parents={[
              { label: t('series.title'), to: '/features' },
              { label: t('import.title'), to: '/features/import' },
            ]}
            description={
              <Group gap="xs">
                <ImportState state={one.state} />
                <Time at={one.createdAt} />
                <span>{one.createdBy}</span>
              </Group>
            }
          />
          <State one={one} />
          {one.report && (
            <>
              <ReportSection report={one.report} />
              {one.report.rejected.length > 0 && <RejectedRows report={one.report} />}
              <SeriesFacts report={one.report} stored={one.state === 'stored'} />
            </>
          )}
        </>
      )}
    </QueryState>
  );
}

function State({ one }: { readonly one: FeaturesImport }) {
  const { t } = useTranslation('features');
  const { state } = one;
  if (isBusyImport(state)) {
    return (
      <Section>
        <Text mb={6}>{t(`import.busy.${state as 'checking' | 'storing'}`)}</Text>
        <Progress
          size="lg"
          animated
          value={Math.max(2, 100 * one.progress)}
          aria-label={t(`import.state.${state}`)}
        />
      </Section>
    );
  }
  if (state === 'checked') return <StoreSection one={one} />;
  if (state === 'failed') {
    return (
      <Section>
        <Alert
          color="shu"
          variant="light"
          icon={<Icon name="alert" />}
          title={t('import.failed')}
          role="alert"
        >
          {one.error}
        </Alert>
      </Section>
    );
  }
  return (
    <Section>
      <Alert
        color="midori"
        variant="light"
        icon={<Icon name="check" />}
        title={t('import.stored')}
        role="status"
        mb="md"
      />
      <StoredActions one={one} />
    </Section>
  );
}

function StoredActions({ one }: { readonly one: FeaturesImport }) {
  const { t } = useTranslation('features');
  const can = useCan();
  const first = one.report?.series[0]?.loto;
  return (
    <Group>
      <Button
        component={Link}
        to="/features"
        {...(first !== undefined && { search: { loto: first } as never })}
      >
        {t('import.look')}
      </Button>
      {can('features.run') && (
        <Button
          variant="default"
          component={Link}
          to="/features/runs/new"
          {...(first !== undefined && { search: { dataset: first } as never })}
        >
          {t('import.run')}
        </Button>
      )}
    </Group>
  );
}

/** Nothing is stored before this is pressed. */
function StoreSection({ one }: { readonly one: FeaturesImport }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const api = useApi();
  const client = useQueryClient();
  const mayImport = useCan()('features.import');
  const rejected = one.report?.rowsRejected ?? 0;
  const store = useMutation({
    meta: shownInPlace,
    mutationFn: () => api.post(`/api/features/imports/${one.id}/store`, importSchema),
    onSuccess: (changed) => {
      client.setQueryData(importKey(one.id), changed);
      void client.invalidateQueries({ queryKey: importsKey });
    },
  });
  return (
    <Section>
      <FormError error={store.error} />
      <Group justify="space-between">
        <Text>
          {rejected === 0
            ? t('import.ready')
            : t('import.readyWithout', { rejected: format.number(rejected, 0) })}
        </Text>
        {mayImport && (
          <Group>
            <Button onClick={() => store.mutate()} loading={store.isPending}>
              {t(rejected === 0 ? 'import.store' : 'import.storeGood')}
            </Button>
            <Button variant="default" component={Link} to="/features/import">
              {t('import.other')}
            </Button>
          </Group>
        )}
      </Group>
    </Section>
  );
}
