import { type AlertRule, rulesSchema } from '@kizashi/server/contract/alerts';
import { Anchor, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeasureTitle } from '../../app/measures.ts';
import { useApi } from '../../app/services.tsx';
import { useCan } from '../../app/session.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityBadge } from '../../ui/severity-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { AlertsHeader } from './alerts-header.tsx';
import { useConditionWords } from './condition-words.ts';
import { rulesKey } from './rules-key.ts';

/** What is watched. */
export function RulesPage() {
  const { t } = useTranslation();
  const api = useApi();
  const title = useMeasureTitle();
  const condition = useConditionWords();
  const mayWrite = useCan()('alerts.write');
  const rules = useQuery({
    queryKey: rulesKey,
    queryFn: ({ signal }) => api.get('/api/alerts/rules', rulesSchema, { signal }),
  });
  const create = mayWrite && (
    <Button component={Link} to="/alerts/rules/new" leftSection={<Icon name="plus" size={15} />}>
      {t('rule.create')}
    </Button>
  );
  const columns: Column<AlertRule>[] = [
    {
      id: 'name',
      header: t('field.name'),
      sortBy: (rule) => rule.name,
      cell: (rule) => (
        <>
          <Anchor component={Link} to={`/alerts/rules/${rule.id}`} fw={500}>
            {rule.name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {title(rule.measure)} · {t(`bucket.${rule.bucket}`)} ·{' '}
            {condition(rule.condition, rule.measure)}
          </Text>
          {rule.lastProblem && (
            <Text size="sm" c="var(--kizashi-bad)">
              {rule.lastProblem}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'severity',
      header: t('alert.severity'),
      secondary: true,
      cell: (rule) => <SeverityBadge severity={rule.severity} />,
    },
    {
      id: 'state',
      header: t('field.state'),
      cell: (rule) => (
        <StateBadge tone={rule.enabled ? 'good' : 'quiet'}>
          {t(rule.enabled ? 'field.on' : 'field.off')}
        </StateBadge>
      ),
    },
    {
      id: 'evaluated',
      header: t('rule.evaluated'),
      secondary: true,
      cell: (rule) => <Time at={rule.lastEvaluatedAt} relative />,
    },
    {
      id: 'fired',
      header: t('rule.lastFired'),
      secondary: true,
      sortBy: (rule) => rule.lastFiredAt ?? 0,
      cell: (rule) => <Time at={rule.lastFiredAt} relative />,
    },
  ];
  return (
    <>
      <AlertsHeader actions={create} />
      <Section>
        <QueryState query={rules} lines={5}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="rule" title={t('rule.none')} action={create}>
                {t('rule.noneText')}
              </Empty>
            ) : (
              <DataTable
                label={t('rule.title')}
                columns={columns}
                rows={items}
                rowKey={(rule) => rule.id}
              />
            )
          }
        </QueryState>
      </Section>
    </>
  );
}
