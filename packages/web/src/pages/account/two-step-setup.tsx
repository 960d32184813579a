import { totpRecoverySchema, totpSetupSchema } from '@kizashi/server/contract/auth';
import {
  Alert,
  Button,
  Center,
  Code,
  Group,
  Modal,
  PinInput,
  SimpleGrid,
  Stack,
  Text,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { meKey } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SecretField } from '../../ui/secret-field.tsx';

/** Scan, confirm with a first code, keep the recovery codes. */
export function TwoStepSetup({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('twoStep.setup')} size="md">
      {opened && <Steps onClose={onClose} />}
    </Modal>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [code, setCode] = useState('');
  // A new secret each time the window opens; never kept in the cache.
  const begin = useQuery({
    queryKey: ['totp', 'setup'],
    queryFn: () => api.post('/api/auth/totp', totpSetupSchema),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const confirm = useMutation({
    mutationFn: (entered: string) =>
      api.post('/api/auth/totp/confirm', totpRecoverySchema, { code: entered }),
    onError: () => setCode(''),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    confirm.mutate(code);
  }

  if (confirm.data !== undefined) {
    const close = () => {
      changed(t('twoStep.done'), meKey);
      onClose();
    };
    return <RecoveryCodes codes={confirm.data.recoveryCodes} onClose={close} />;
  }
  return (
    <QueryState query={begin} height={320}>
      {({ secret, uri }) => (
        <form onSubmit={submit}>
          <Stack>
            <Text>{t('twoStep.scan')}</Text>
            <Center>
              <div className="kz-qr">
                <QRCodeSVG value={uri} size={176} title={t('twoStep.qr')} />
              </div>
            </Center>
            <SecretField label={t('twoStep.secret')} value={secret} />
            <FormError error={confirm.error} />
            <Text fw={500}>{t('twoStep.enter')}</Text>
            <PinInput
              length={6}
              type="number"
              oneTimeCode
              value={code}
              onChange={setCode}
              aria-label={t('signIn.code.label')}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={confirm.isPending} disabled={code.length < 6}>
                {t('twoStep.confirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </QueryState>
  );
}

function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="ki" variant="light" icon={<Icon name="key" />} title={t('twoStep.keep')}>
        {t('twoStep.keepText')}
      </Alert>
      <SimpleGrid cols={2} spacing="xs">
        {codes.map((code) => (
          <Code key={code} block className="kz-mono">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <SecretField label={t('twoStep.all')} value={codes.join(' ')} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('twoStep.kept')}</Button>
      </Group>
    </Stack>
  );
}
