import { type Alert, alertSchema } from '@kizashi/server/contract/alerts';
import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlertWords } from '../../app/alert-words.ts';
import { alertsKey } from '../../app/alerts.ts';
import { useMeasureTitle } from '../../app/measures.ts';
import { useApi } from '../../app/services.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityBadge } from '../../ui/severity-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { Acknowledge } from './acknowledge.tsx';
import { AlertContext } from './alert-context.tsx';
import { useConditionWords } from './condition-words.ts';

/** One alert: what was seen, what was expected, who took note. */
export function AlertPage() {
  const { t } = useTranslation();
  const api = useApi();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const alert = useQuery({
    queryKey: [...alertsKey, 'one', id],
    queryFn: ({ signal }) => api.get(`/api/alerts/${id}`, alertSchema, { signal }),
  });
  return (
    <>
      <PageHeader
        title={alert.data?.ruleName ?? t('alert.one')}
        parents={[{ label: t('alert.title'), to: '/alerts' }]}
      />
      <QueryState query={alert} height={320}>
        {(loaded) => <AlertDetails alert={loaded} />}
      </QueryState>
    </>
  );
}

function AlertDetails({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const words = useAlertWords();
  const title = useMeasureTitle();
  const condition = useConditionWords();
  const filters = Object.entries(alert.filters).filter(([, values]) => values.length > 0);
  return (
    <>
      <Section>
        <Stack gap="md">
          <div>
            <SeverityBadge severity={alert.severity} />
            <Text size="lg" fw={600} mt={6}>
              {words(alert)}
            </Text>
          </div>
          <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
            <Fact label={t('rule.measure')}>{title(alert.measure)}</Fact>
            <Fact label={t('rule.condition')}>{condition(alert.condition, alert.measure)}</Fact>
            <Fact label={t('alert.fired')}>
              <Time at={alert.firedAt} />
            </Fact>
            <Fact label={t('rule.one')}>
              <Anchor component={Link} to={`/alerts/rules/${alert.ruleId}`}>
                {alert.ruleName}
              </Anchor>
            </Fact>
            {filters.length > 0 && (
              <Fact label={t('rule.filters')}>
                {filters.map(([name, values]) => `${name}: ${values.join(', ')}`).join(' · ')}
              </Fact>
            )}
          </SimpleGrid>
        </Stack>
      </Section>
      <AlertContext alert={alert} />
      <Acknowledge alert={alert} />
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div">{children}</Text>
    </div>
  );
}
