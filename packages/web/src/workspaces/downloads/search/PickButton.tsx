import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/icons.tsx';
import { type Pick, useTray } from './use-tray.ts';

/** Puts something on the tray, or takes it off again. */
export function PickButton({ pick, children }: { readonly pick: Pick; readonly children: string }) {
  const { t } = useTranslation('downloads');
  const tray = useTray();
  const isPicked = tray.has(pick.key);
  return (
    <Button
      size="compact-xs"
      variant={isPicked ? 'filled' : 'default'}
      aria-pressed={isPicked}
      aria-label={t('search.pickOf', { what: children, name: pick.label })}
      leftSection={<Icon name={isPicked ? 'check' : 'plus'} size={13} />}
      onClick={() => (isPicked ? tray.remove(pick.key) : tray.add(pick))}
    >
      {children}
    </Button>
  );
}
