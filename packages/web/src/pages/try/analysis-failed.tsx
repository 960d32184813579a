import type { Analysis } from '@kizashi/server/contract/analyses';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { adviceFor } from './advice.ts';

/** Why an analysis has no result, and what to do. Both fail alike where the file is the reason: that is told once. */
export function AnalysisFailed({
  analyses,
  onRestart,
}: {
  readonly analyses: readonly Analysis[];
  readonly onRestart: () => void;
}) {
  const { t } = useTranslation();
  const ended = analyses.filter(({ state }) => state === 'failed' || state === 'cancelled');
  const told = ended.filter(
    ({ error }, i) => ended.findIndex((other) => other.error?.message === error?.message) === i,
  );
  return told.map(({ id, kind, name, error }) => (
    <Alert
      key={id}
      color="shu"
      variant="light"
      icon={<Icon name="alert" />}
      title={
        told.length < ended.length
          ? t('try.failed.both', { name })
          : t(`try.failed.${kind}`, { name })
      }
      role="alert"
      mb="md"
    >
      <Stack gap="xs" align="flex-start">
        <Text>{error?.message ?? t('try.failed.cancelled')}</Text>
        <Text>{t(`try.advice.${adviceFor(error?.code)}`)}</Text>
        <Button variant="default" size="xs" onClick={onRestart}>
          {t('try.change')}
        </Button>
      </Stack>
    </Alert>
  ));
}
