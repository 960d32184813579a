import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';

const addresses = {
  forecast: '/try',
  stock: '/try/stock',
  customers: '/try/customers',
  recommend: '/try/recommend',
  cluster: '/try/clusters',
} as const;
type TryAnalysis = keyof typeof addresses;
const analyses = Object.keys(addresses) as TryAnalysis[];

/** Head of the pages that take a file: what they do, and the way to the others. */
export function TryFrame({
  analysis,
  started,
  onRestart,
  children,
}: {
  readonly analysis: TryAnalysis;
  /** Whether a file was taken already. */
  readonly started: boolean;
  readonly onRestart: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={t(`try.titles.${analysis}`)}
        description={t(`try.texts.${analysis}`)}
        actions={
          started && (
            <Button variant="default" onClick={onRestart} leftSection={<Icon name="upload" />}>
              {t('try.other')}
            </Button>
          )
        }
      />
      <PageTabs
        label={t('try.title')}
        tabs={analyses.map((one) => ({ to: addresses[one], label: t(`try.titles.${one}`) }))}
      />
      {children}
    </>
  );
}
