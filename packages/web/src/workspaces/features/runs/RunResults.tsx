import type { FeaturesRun } from '@kizashi/server/workspaces/features';
import { Anchor, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../../app/api.ts';
import { useCan } from '../../../app/session.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';

const tables = ['stat', 'hist', 'futr'] as const;
const formats = ['csv', 'parquet'] as const;

/** The three tables: where to look at them, and to take them away. */
export function RunResults({ run }: { readonly run: FeaturesRun }) {
  const { t } = useTranslation('features');
  const mayExport = useCan()('features.export');
  const { datasets } = run.options;
  // The export takes one group or all of them.
  const loto = datasets?.length === 1 ? datasets[0] : undefined;
  const search = loto === undefined ? {} : { search: { loto } as never };
  return (
    <Section title={t('results.title')} description={t('results.text')}>
      <Stack gap="sm">
        {tables.map((table) => (
          <Group key={table} justify="space-between" gap="sm">
            <div>
              <Text fw={600} className="kz-mono">
                features_{table}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`results.${table}`)}
              </Text>
            </div>
            {mayExport && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    variant="default"
                    size="xs"
                    leftSection={<Icon name="download" size={15} />}
                    aria-label={t('results.exportOf', { table: `features_${table}` })}
                  >
                    {t('results.export')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {formats.map((format) => (
                    <Menu.Item
                      key={format}
                      component="a"
                      href={withQuery(`/api/features/export/${table}`, { format, loto })}
                      download
                    >
                      {t(`results.${format}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </Group>
        ))}
        <Group gap="md">
          <Anchor component={Link} to="/features" {...search}>
            {t('results.series')}
          </Anchor>
          <Anchor component={Link} to="/features/quality" {...search}>
            {t('results.quality')}
          </Anchor>
        </Group>
      </Stack>
    </Section>
  );
}
