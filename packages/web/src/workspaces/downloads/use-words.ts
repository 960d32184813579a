import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/use-format.ts';
import { useLanguage } from '../../app/use-language.ts';
import { durationText } from '../../ui/duration-text.ts';
import { MISSING } from '../../ui/figure-text.ts';

/** Sizes, speeds and remaining times in words. */
export function useWords() {
  const { t } = useTranslation('downloads');
  const format = useFormat();
  const language = useLanguage();
  return useMemo(() => {
    const bytes = (size: number | null) => (size === null ? MISSING : format.bytes(size));
    const speed = (bytesPerSecond: number | null) =>
      bytesPerSecond === null ? MISSING : t('speed', { bytes: format.bytes(bytesPerSecond) });
    const seconds = (value: number | null) =>
      value === null ? MISSING : durationText(Math.max(1, Math.ceil(value)) * 1000, language);
    const count = (value: number) => format.number(value, 0);
    return { bytes, speed, seconds, count };
  }, [t, format, language]);
}
