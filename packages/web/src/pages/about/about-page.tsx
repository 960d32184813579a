import { aboutSchema } from '@kizashi/server/contract/settings';
import { Anchor, List, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { useFormat } from '../../app/use-format.ts';
import { Logo } from '../../ui/logo.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';

/** Version and build, for a question to somebody who can help; licences of data and parts. */
export function AboutPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const about = useQuery({
    queryKey: ['about'],
    queryFn: ({ signal }) => api.get('/api/about', aboutSchema, { signal }),
  });
  return (
    <>
      <PageHeader title={t('about.title')} />
      <Section>
        <Logo size={36} />
        <Text mt="sm" mb="md">
          {t('about.text')}
        </Text>
        <QueryState query={about} lines={5}>
          {(build) => (
            <Table variant="vertical" layout="fixed" maw={560} withTableBorder>
              <Table.Tbody>
                {(
                  [
                    ['about.version', build.version],
                    ['about.commit', build.commit?.slice(0, 12) ?? '–'],
                    ['about.node', build.node],
                    ['about.database', build.database],
                    ['about.queue', t(`about.queues.${build.queue}`)],
                    ['about.since', format.dateTime(Date.now() - build.uptimeSeconds * 1000)],
                    ['about.mail', t(build.emailConfigured ? 'field.on' : 'field.off')],
                  ] as const
                ).map(([label, value]) => (
                  <Table.Tr key={label}>
                    <Table.Th w={200}>{t(label)}</Table.Th>
                    <Table.Td>{value}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </QueryState>
      </Section>
      <Section title={t('about.api')}>
        <Text>
          {t('about.apiText')}{' '}
          <Anchor href="/api/docs" underline="always">
            /api/docs
          </Anchor>
        </Text>
      </Section>
      <Section title={t('about.licences')}>
        <List spacing="xs">
          <List.Item>{t('about.mit')}</List.Item>
          <List.Item>
            {t('about.demo')}{' '}
            <Anchor
              underline="always"
              href="https://doi.org/10.24432/C5BW33"
              target="_blank"
              rel="noreferrer"
            >
              Chen, D. (2015). Online Retail. UCI Machine Learning Repository
            </Anchor>
            {', '}
            <Anchor
              underline="always"
              href="https://creativecommons.org/licenses/by/4.0/"
              target="_blank"
              rel="noreferrer"
            >
              CC BY 4.0
            </Anchor>
          </List.Item>
          <List.Item>{t('about.fonts')}</List.Item>
        </List>
      </Section>
    </>
  );
}
