import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { useDownloadsLive } from '../use-downloads-live.ts';
import { ItemsSection } from './ItemsSection.tsx';
import { JobsSection } from './JobsSection.tsx';
import { QueueSummary } from './QueueSummary.tsx';
import { useControlAll } from './use-control.ts';

/** Everything that is downloaded, waits or has ended, as it changes. */
export function QueuePage() {
  const { t } = useTranslation('downloads');
  const mayRun = useCan()('downloads.run');
  useDownloadsLive();
  return (
    <>
      <PageHeader
        title={t('queue.title')}
        description={t('queue.description')}
        actions={mayRun && <QueueActions />}
      />
      <QueueSummary />
      <JobsSection />
      <ItemsSection />
    </>
  );
}

function QueueActions() {
  const { t } = useTranslation('downloads');
  const all = useControlAll();
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="pause" size={15} />}
        loading={all.isPending && all.variables === 'pause'}
        onClick={() => all.mutate('pause')}
      >
        {t('queue.pauseAll')}
      </Button>
      <Button
        variant="default"
        leftSection={<Icon name="play" size={15} />}
        loading={all.isPending && all.variables === 'resume'}
        onClick={() => all.mutate('resume')}
      >
        {t('queue.resumeAll')}
      </Button>
      <Button component={Link} to="/downloads/add" leftSection={<Icon name="plus" size={15} />}>
        {t('add.title')}
      </Button>
    </>
  );
}
