import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Asks before everything of a job is cancelled. */
export function CancelJob({
  name,
  onClose,
  onConfirm,
}: {
  readonly name: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { t } = useTranslation('downloads');
  return (
    <Modal opened onClose={onClose} title={t('control.cancelTitle', { name })}>
      <Stack>
        <Text>{t('control.cancelText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('control.keep')}
          </Button>
          <Button
            color="shu"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {t('control.cancelAll')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
