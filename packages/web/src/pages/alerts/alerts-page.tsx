import { type Alert, alertsPageSchema } from '@kizashi/server/contract/alerts';
import { Anchor, SegmentedControl, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAlertWords } from '../../app/alert-words.ts';
import { alertsKey } from '../../app/alerts.ts';
import { usePages } from '../../app/use-pages.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityBadge } from '../../ui/severity-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { AlertsHeader } from './alerts-header.tsx';

const choices = ['open', 'acknowledged', 'all'] as const;
const searchSchema = z.object({ state: z.enum(choices).catch('open').default('open') });

/** What fired and waits for somebody; new ones appear by themselves. */
export function AlertsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const words = useAlertWords();
  const { state } = searchSchema.parse(useSearch({ strict: false }));
  const alerts = usePages({
    queryKey: [...alertsKey, 'list', state],
    path: '/api/alerts',
    schema: alertsPageSchema,
    query: { state: state === 'all' ? undefined : state },
  });
  const columns: Column<Alert>[] = [
    {
      id: 'severity',
      header: t('alert.severity'),
      cell: (alert) => <SeverityBadge severity={alert.severity} />,
    },
    {
      id: 'what',
      header: t('alert.what'),
      cell: (alert) => (
        <>
          <Anchor component={Link} to={`/alerts/${alert.id}`} fw={500}>
            {alert.ruleName}
          </Anchor>
          <Text size="sm" c="dimmed">
            {words(alert)}
          </Text>
        </>
      ),
    },
    {
      id: 'fired',
      header: t('alert.fired'),
      cell: (alert) => <Time at={alert.firedAt} />,
      secondary: true,
    },
    {
      id: 'by',
      header: t('alert.state'),
      secondary: true,
      cell: (alert) =>
        alert.state === 'open'
          ? t('alert.stateOpen')
          : t('alert.acknowledgedBy', { name: alert.acknowledgedBy ?? '' }),
    },
  ];
  return (
    <>
      <AlertsHeader />
      <Section
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('alert.state')}
            value={state}
            onChange={(value) =>
              void navigate({ to: '/alerts', search: { state: value } as never, replace: true })
            }
            data={choices.map((choice) => ({ value: choice, label: t(`alert.choice.${choice}`) }))}
          />
        }
      >
        <PagedList
          pages={alerts}
          empty={
            <Empty
              icon={state === 'open' ? 'check' : 'bell'}
              title={t(state === 'open' ? 'alert.noneOpen' : 'alert.none')}
              action={
                <Anchor component={Link} to="/alerts/rules">
                  {t('alert.toRules')}
                </Anchor>
              }
            >
              {t('alert.noneText')}
            </Empty>
          }
        >
          {(items) => (
            <DataTable
              label={t('alert.title')}
              columns={columns}
              rows={items}
              rowKey={(alert) => alert.id}
            />
          )}
        </PagedList>
      </Section>
    </>
  );
}
