import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/states.tsx';

/** An address of somebody else's result, or of one that was removed. */
export function AnalysisGone({ onRestart }: { readonly onRestart: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      icon="search"
      title={t('try.gone')}
      action={<Button onClick={onRestart}>{t('try.other')}</Button>}
    >
      {t('try.goneText')}
    </Empty>
  );
}
