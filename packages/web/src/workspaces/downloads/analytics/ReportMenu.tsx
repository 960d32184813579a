import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../../app/api.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { Icon } from '../../../ui/icons.tsx';

const formats = ['html', 'pdf', 'json'] as const;

/** The report of the period, to read here or to take away. */
export function ReportMenu({
  range,
}: {
  readonly range: { readonly from: number; readonly to: number };
}) {
  const { t } = useTranslation('downloads');
  const locale = useLanguage();
  const address = (format: string) =>
    withQuery('/api/downloads/report', { ...range, format, locale });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />}>
          {t('analytics.report')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={address(format)}
            {...(format === 'html' ? { target: '_blank', rel: 'noreferrer' } : { download: '' })}
          >
            {t(`analytics.reports.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
