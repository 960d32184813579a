import { importSchema, importsPageSchema } from '@kizashi/server/workspaces/sales';
import { Alert, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import classes from './home.module.css';

/** Says that the sales shown are not one's own, whose they are, and how to be rid of them. */
export function DemoBanner() {
  const { t } = useTranslation('sales');
  const api = useApi();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      const { items } = await api.get('/api/sales/imports', importsPageSchema, {
        query: { limit: 200 },
      });
      // The demo came in as an import like any other, so it leaves like one.
      const demos = items.filter(({ demo, state }) => demo && state === 'done');
      for (const { id } of demos) await api.post(`/api/sales/imports/${id}/undo`, importSchema);
    },
    onSuccess: () => {
      notifications.show({ message: t('home.demo.removing') });
      return queryClient.invalidateQueries({ queryKey: ['sales'] });
    },
  });
  return (
    <Alert variant="light" icon={<Icon name="info" />} mb="md" py="xs">
      <div className={classes.banner}>
        <Text size="sm">
          <b>{t('home.demo.title')}</b> {t('home.demo.source')}
        </Text>
        {useCan()('sales.import') && (
          <ConfirmButton
            title={t('home.demo.remove')}
            text={t('home.demo.confirm')}
            confirm={t('home.demo.remove')}
            onConfirm={() => remove.mutate()}
            loading={remove.isPending}
          >
            {t('home.demo.remove')}
          </ConfirmButton>
        )}
      </div>
    </Alert>
  );
}
