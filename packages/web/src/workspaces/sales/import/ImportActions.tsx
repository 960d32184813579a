import { importSchema, type SalesImport } from '@kizashi/server/workspaces/sales';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { importKey, importsKey } from '../queries.ts';

/** What can be done with an import in its present state. */
export function ImportActions({ one }: { readonly one: SalesImport }) {
  const { t } = useTranslation('sales');
  const format = useFormat();
  const api = useApi();
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (deed: 'undo' | 'cancel') =>
      api.post(`/api/sales/imports/${one.id}/${deed}`, importSchema),
    onSuccess: (changed, deed) => {
      queryClient.setQueryData(importKey(one.id), changed);
      void queryClient.invalidateQueries({ queryKey: importsKey });
      if (deed === 'undo') notifications.show({ message: t('import.detail.undoAsked') });
    },
  });
  if (!useCan()('sales.import')) return null;
  if (one.state === 'done') {
    return (
      <ConfirmButton
        title={t('import.detail.undo')}
        text={t('import.detail.undoConfirm', {
          rows: format.number(one.rowsStored, 0),
          name: one.name,
        })}
        confirm={t('import.detail.undo')}
        onConfirm={() => act.mutate('undo')}
        loading={act.isPending}
      >
        {t('import.detail.undo')}
      </ConfirmButton>
    );
  }
  if (one.state === 'running' || one.state === 'waiting') {
    return (
      <ConfirmButton
        title={t('import.detail.cancel')}
        text={t('import.detail.cancelConfirm')}
        confirm={t('import.detail.cancel')}
        onConfirm={() => act.mutate('cancel')}
        loading={act.isPending}
      >
        {t('import.detail.cancel')}
      </ConfirmButton>
    );
  }
  return null;
}
