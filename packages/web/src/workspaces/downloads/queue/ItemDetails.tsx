import type { DownloadItem } from '@kizashi/server/workspaces/downloads';
import { Alert, Anchor, Modal, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/facts.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Time } from '../../../ui/time.tsx';
import { StateOf, VerdictOf } from '../StateOf.tsx';
import { useWords } from '../use-words.ts';
import { PhaseOf } from './PhaseOf.tsx';
import { ProgressOf } from './ProgressOf.tsx';

/** Everything known of one item, in a window that keeps up with it. */
export function ItemDetails({
  item,
  onClose,
}: {
  /** Undefined: nothing is shown. */
  readonly item: DownloadItem | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={item !== undefined} onClose={onClose} title={item?.name} size="lg">
      {item !== undefined && <Details item={item} />}
    </Modal>
  );
}

function Details({ item }: { readonly item: DownloadItem }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  return (
    <Stack>
      {item.error !== null && (
        <Alert
          color="shu"
          variant="light"
          icon={<Icon name="alert" />}
          title={item.error.code}
          role="alert"
        >
          {item.error.message}
        </Alert>
      )}
      <ProgressOf of={item} size="lg" />
      <Facts
        facts={[
          {
            name: t('items.column.state'),
            value: (
              <>
                <StateOf state={item.state} />
                <PhaseOf item={item} />
              </>
            ),
          },
          {
            name: t('items.column.verdict'),
            value: item.verdict === null ? MISSING : <VerdictOf verdict={item.verdict} />,
          },
          { name: t('item.source'), value: t(`source.${item.source}`) },
          { name: t('items.column.host'), value: item.host ?? MISSING },
          { name: t('items.column.connections'), value: words.count(item.connections) },
          { name: t('item.attempt'), value: words.count(item.attempt) },
          { name: t('item.wasted'), value: words.bytes(item.wastedBytes) },
          { name: t('item.started'), value: <Time at={item.startedAt} /> },
          { name: t('item.finished'), value: <Time at={item.finishedAt} /> },
        ]}
      />
      {item.fileId !== null && (
        <Anchor component={Link} to={`/downloads/library/${item.fileId}`}>
          {t('item.toFile')}
        </Anchor>
      )}
    </Stack>
  );
}
