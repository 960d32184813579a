import { Alert, Button, Center, Code, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, FORBIDDEN, NETWORK } from '../app/api-error.ts';
import { errorText } from './error-text.ts';
import { Icon, type IconName } from './icons.tsx';

/** Grey lines of the height the content will have, so that nothing jumps. */
export function Loading({ height = 240, lines }: { height?: number; lines?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('state.loading')} style={{ minHeight: height }}>
      {lines === undefined ? (
        <Skeleton height={height} radius="md" />
      ) : (
        <Stack gap="sm">
          {Array.from({ length: lines }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
            <Skeleton key={line} height={28} radius="sm" />
          ))}
        </Stack>
      )}
    </div>
  );
}

/** Nothing to show, and the step that changes it. */
export function Empty({
  icon = 'info',
  title,
  children,
  action,
}: {
  icon?: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Center mih={200} p="lg">
      <Stack align="center" gap="xs" maw={460}>
        <span className="kz-state-icon">
          <Icon name={icon} size={26} />
        </span>
        <Text fw={600} ta="center">
          {title}
        </Text>
        {children && (
          <Text c="dimmed" ta="center" component="div">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** A failed call in words, with the id the log knows it by, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const words = useErrorText();
  const requestId = error instanceof ApiError ? error.requestId : null;
  if (error instanceof ApiError && error.code === NETWORK)
    return <Offline {...(onRetry && { onRetry })} />;
  if (error instanceof ApiError && error.code === FORBIDDEN) return <NoPermission />;
  return (
    <Alert
      color="shu"
      variant="light"
      icon={<Icon name="alert" />}
      title={t('state.error.title')}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text>{words(error)}</Text>
        {requestId && (
          <Text size="sm">
            {t('state.error.requestId')} <Code>{requestId}</Code>
          </Text>
        )}
        {onRetry && (
          <Button variant="default" size="xs" onClick={onRetry}>
            {t('state.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => errorText(t, error);
}

export function Offline({ onRetry }: { onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      icon="offline"
      title={t('state.offline.title')}
      action={
        onRetry && (
          <Button variant="default" size="xs" onClick={onRetry}>
            {t('state.retry')}
          </Button>
        )
      }
    >
      {t('state.offline.text')}
    </Empty>
  );
}

export function NoPermission() {
  const { t } = useTranslation();
  return (
    <Empty icon="lock" title={t('state.noPermission.title')}>
      {t('state.noPermission.text')}
    </Empty>
  );
}
