import type { SalesImport } from '@kizashi/server/workspaces/sales';
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { useApi } from '../../../app/services.tsx';
import { useFormat } from '../../../app/use-format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { importQuery } from '../queries.ts';
import { ImportActions } from './ImportActions.tsx';
import { ImportState } from './ImportState.tsx';
import classes from './import.module.css';
import { RejectedRows } from './RejectedRows.tsx';
import { useImportsLive } from './use-imports-live.ts';

/** One import: its progress while it runs, then its result. */
export function ImportPage() {
  const { t } = useTranslation('sales');
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(importQuery(useApi(), id));
  useImportsLive();
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Empty icon="search" title={t('import.detail.notFound')} />;
  }
  return (
    <QueryState query={found} height={400}>
      {(one) => (
        <>
          <PageHeader
            title={one.name}
            parents={[{ label: t('import.title'), to: '/sales/import' }]}
            description={
              <Group gap="xs">
                <ImportState state={one.state} />
                <Time at={one.createdAt} />
                <span>{one.createdBy}</span>
              </Group>
            }
            actions={<ImportActions one={one} />}
          />
          <Result one={one} />
          {one.rowsRejected > 0 && <RejectedRows one={one} />}
          <Settings one={one} />
        </>
      )}
    </QueryState>
  );
}

const tones = { done: 'midori', rejected: 'shu', failed: 'shu' } as const;

function Result({ one }: { readonly one: SalesImport }) {
  const { t } = useTranslation('sales');
  const format = useFormat();
  const { state } = one;
  const busy = state === 'running' || state === 'waiting' || state === 'undoing';
  const text = t(`import.detail.${state}`);
  return (
    <Section>
      <Stack gap="md">
        {busy ? (
          <div>
            <Text mb={6}>{text}</Text>
            <Progress
              size="lg"
              animated
              value={state === 'running' ? 100 * one.progress : 100}
              aria-label={t(`import.state.${state}`)}
            />
            <Text size="sm" c="dimmed" mt={6} role="status">
              {t('import.detail.progress', {
                read: format.number(one.rowsRead, 0),
                stored: format.number(one.rowsStored, 0),
                rejected: format.number(one.rowsRejected, 0),
              })}
            </Text>
          </div>
        ) : (
          <Alert
            variant="light"
            color={state in tones ? tones[state as keyof typeof tones] : 'gray'}
            icon={<Icon name={state === 'done' ? 'check' : 'info'} />}
            title={text}
            role="status"
          >
            {one.error}
          </Alert>
        )}
        <dl className={classes.counts}>
          <Count name={t('import.detail.read')} value={one.rowsRead} />
          <Count name={t('import.detail.stored')} value={one.rowsStored} />
          <Count name={t('import.detail.rejectedRows')} value={one.rowsRejected} />
          <Count
            name={t('import.detail.adjustments')}
            value={one.rowsAdjustment}
            note={t('import.detail.adjustmentsText')}
          />
        </dl>
        {state === 'done' && (
          <Group>
            <Button component={Link} to="/sales">
              {t('import.detail.look')}
            </Button>
            <Button variant="default" component={Link} to="/sales/import/new">
              {t('import.detail.again')}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

function Count({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: number;
  readonly note?: string;
}) {
  const format = useFormat();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{format.number(value, 0)}</dd>
      {note !== undefined && value > 0 && <dd className={classes.note}>{note}</dd>}
    </div>
  );
}

/** How the file was read, so that a second one can be read the same way. */
function Settings({ one }: { readonly one: SalesImport }) {
  const { t } = useTranslation('sales');
  const { encoding, delimiter, timeZone, currency, dateOrder } = one.mapping;
  const entries = [
    [t('import.check.encoding'), encoding],
    [
      t('import.check.delimiter'),
      delimiter === '\t' ? t('import.check.delimiters.tab') : delimiter,
    ],
    [t('import.check.dateOrder'), t(`import.check.dateOrders.${dateOrder}`)],
    [t('import.check.timeZone'), timeZone],
    [t('import.check.currency'), currency],
    [t('import.detail.mode'), t(`import.start.modes.${one.mode}`)],
  ] as const;
  return (
    <Section title={t('import.detail.settings')}>
      <dl className={classes.settings}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
