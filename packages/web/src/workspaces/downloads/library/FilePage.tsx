import type { LibraryFile } from '@kizashi/server/workspaces/downloads';
import { Alert, Anchor, Badge, Group, List, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { localeOf } from '../../../app/i18n.ts';
import { useApi } from '../../../app/services.tsx';
import { Caution } from '../../../ui/caution.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import classes from '../downloads.module.css';
import { fileQuery } from '../queries.ts';
import { VerdictOf } from '../StateOf.tsx';
import { useWords } from '../use-words.ts';
import { CopyValue } from './CopyValue.tsx';
import { FileActions } from './FileActions.tsx';
import { FileState } from './FileState.tsx';

/** One file of the library: what it is, what it was checked for, and what can be done with it. */
export function FilePage() {
  const { t } = useTranslation('downloads');
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(fileQuery(useApi(), id));
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Empty icon="search" title={t('file.notFound')} />;
  }
  return (
    <QueryState query={found} height={400}>
      {(file) => (
        <>
          <PageHeader
            title={file.path.split('/').at(-1) ?? file.path}
            parents={[{ label: t('library.title'), to: '/downloads/library' }]}
            description={
              <Group gap="xs">
                <FileState state={file.state} />
                <VerdictOf verdict={file.verdict} />
                <Time at={file.addedAt} />
              </Group>
            }
            actions={<FileActions file={file} />}
          />
          <States file={file} />
          <Scan file={file} />
          <Hashes file={file} />
          <Metadata file={file} />
        </>
      )}
    </QueryState>
  );
}

function States({ file }: { readonly file: LibraryFile }) {
  const { t } = useTranslation('downloads');
  if (file.state === 'stored') return null;
  return file.state === 'missing' ? (
    <Caution icon="alert" title={t('library.states.missing')} mb="md">
      {t('file.missingText')}
    </Caution>
  ) : (
    <Alert
      color="shu"
      variant="light"
      icon={<Icon name="shield" />}
      title={t('library.states.quarantined')}
      mb="md"
    >
      {t('file.quarantinedText')}
    </Alert>
  );
}

function Scan({ file }: { readonly file: LibraryFile }) {
  const { t, i18n } = useTranslation('downloads');
  return (
    <Section title={t('file.scan')} description={t(`file.verdictText.${file.verdict}`)}>
      <Stack gap="sm">
        {file.reasons.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {t('file.reasons')}
            </Text>
            <List size="sm">
              {file.reasons.map((reason, i) => (
                <List.Item key={reason}>
                  {file.reasonTexts[i]?.[localeOf(i18n)]}{' '}
                  <Text span size="xs" c="dimmed" className="kz-mono">
                    {reason}
                  </Text>
                </List.Item>
              ))}
            </List>
          </div>
        )}
        {file.imports.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {t('file.imports')}
            </Text>
            <Imports file={file} />
          </div>
        )}
        <Text size="sm" c="dimmed">
          {t('file.scannedAt')} <Time at={file.scannedAt} />
          {file.releasedBy !== null && ` · ${t('file.releasedBy', { who: file.releasedBy })}`}
        </Text>
      </Stack>
    </Section>
  );
}

const levelColors = { allowed: 'midori', suspicious: 'ki', dangerous: 'shu' } as const;

function Imports({ file }: { readonly file: LibraryFile }) {
  const { t } = useTranslation('downloads');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways on a phone
    <section className="kz-scroll" aria-label={t('file.imports')} tabIndex={0}>
      <Table className="kz-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('file.import')}</Table.Th>
            <Table.Th scope="col">{t('file.level')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {file.imports.map(({ module, name, level }) => (
            <Table.Tr key={`${module} ${name}`}>
              <Table.Td>
                <span className="kz-mono kz-wrap">
                  {module}.{name}
                </span>
              </Table.Td>
              <Table.Td>
                <Badge size="sm" variant="light" color={levelColors[level]} className="kz-badge">
                  {t(`file.levels.${level}`)}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Hashes({ file }: { readonly file: LibraryFile }) {
  const { t } = useTranslation('downloads');
  const hashes = [
    ['SHA-256', file.sha256],
    ['BLAKE3', file.blake3],
    ['CRC32', file.crc32],
    ['AutoV1', file.autoV1],
    ['AutoV2', file.autoV2],
    ['AutoV3', file.autoV3],
  ] as const;
  return (
    <Section
      title={t('file.hashes')}
      description={t('file.verifiedText', { by: t(`library.verifiedBy.${file.verified}`) })}
    >
      <Stack gap={6}>
        {hashes.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <Text size="xs" c="dimmed">
                {name}
              </Text>
              <CopyValue name={name} value={value} />
            </div>
          ),
        )}
      </Stack>
    </Section>
  );
}

function Metadata({ file }: { readonly file: LibraryFile }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  return (
    <Section title={t('file.about')}>
      <Stack gap="md">
        {file.preview !== null && (
          <img
            className={classes.large}
            src={file.preview}
            alt={t('file.preview', { name: file.modelName ?? file.path })}
          />
        )}
        <Facts
          facts={[
            { name: t('file.path'), value: file.path },
            { name: t('library.size'), value: words.bytes(file.sizeBytes) },
            { name: t('file.model'), value: file.modelName ?? MISSING },
            { name: t('file.version'), value: file.versionName ?? MISSING },
            { name: t('search.creator'), value: file.creator ?? MISSING },
            { name: t('search.type'), value: file.type ?? MISSING },
            { name: t('search.baseModel'), value: file.baseModel ?? MISSING },
          ]}
        />
        {file.triggerWords.length > 0 && (
          <div>
            <Text size="xs" c="dimmed">
              {t('file.triggerWords')}
            </Text>
            <CopyValue name={t('file.triggerWords')} value={file.triggerWords.join(', ')} />
          </div>
        )}
        {file.links.length > 0 && (
          <div>
            <Text size="xs" c="dimmed">
              {t('file.links')}
            </Text>
            <List size="sm">
              {file.links.map((link) => (
                <List.Item key={link}>
                  <span className={classes.hash}>{link}</span>
                </List.Item>
              ))}
            </List>
          </div>
        )}
        {file.page !== null && (
          <Anchor href={file.page} target="_blank" rel="noreferrer">
            {t('file.page')} <Icon name="external" size={14} label={t('search.page')} />
          </Anchor>
        )}
      </Stack>
    </Section>
  );
}
