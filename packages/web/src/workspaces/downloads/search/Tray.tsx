import { ActionIcon, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../ui/form-error.tsx';
import { Icon } from '../../../ui/icons.tsx';
import classes from '../downloads.module.css';
import { emptyOptions, isSound } from '../options/options-draft.ts';
import { QueueOptions } from '../options/QueueOptions.tsx';
import { useQueueJob } from '../options/use-queue-job.ts';
import { useWords } from '../use-words.ts';
import { useTray } from './use-tray.ts';

/** What is picked so far, at the lower edge of the page, and the way into the queue. */
export function Tray() {
  const { t } = useTranslation('downloads');
  const tray = useTray();
  const words = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  if (tray.picks.length === 0) return null;
  const known = tray.picks.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const isOpen = tray.picks.some(({ sizeBytes }) => sizeBytes === null);
  return (
    <section className={classes.tray} aria-label={t('tray.title')}>
      <Group justify="space-between" gap="sm">
        <Text role="status">
          {t(isOpen ? 'tray.picked' : 'tray.pickedSize', {
            picks: words.count(tray.picks.length),
            size: words.bytes(known),
          })}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={tray.clear}>
            {t('tray.clear')}
          </Button>
          <Button leftSection={<Icon name="download" size={16} />} onClick={open}>
            {t('tray.queue')}
          </Button>
        </Group>
      </Group>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="lg"
        title={t('tray.title')}
        closeButtonProps={{ 'aria-label': t('tray.close') }}
      >
        <TrayForm />
      </Drawer>
    </section>
  );
}

function TrayForm() {
  const { t } = useTranslation('downloads');
  const tray = useTray();
  const [options, setOptions] = useState(emptyOptions);
  const queue = useQueueJob();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        queue.mutate(
          { inputs: tray.picks.map(({ input }) => input), options },
          { onSuccess: tray.clear },
        );
      }}
    >
      <Stack>
        <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {tray.picks.map((pick) => (
            <Group key={pick.key} component="li" justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" className={classes.hash}>
                {pick.label}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('tray.remove', { name: pick.label })}
                onClick={() => tray.remove(pick.key)}
              >
                <Icon name="close" size={15} />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
        <QueueOptions options={options} onChange={setOptions} />
        <FormError error={queue.error} />
        <Button
          type="submit"
          leftSection={<Icon name="download" size={16} />}
          loading={queue.isPending}
          disabled={!isSound(options)}
        >
          {t('tray.submit')}
        </Button>
      </Stack>
    </form>
  );
}
