import { importSchema } from '@kizashi/server/workspaces/features';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';

/** Something to look at in an empty installation: the draws of a lottery, which are public. */
export function ExampleButton() {
  const { t } = useTranslation('features');
  const api = useApi();
  const navigate = useNavigate();
  const load = useMutation({
    mutationFn: () => api.post('/api/features/example', importSchema),
    onSuccess: ({ id }) => navigate({ to: `/features/import/${id}` }),
  });
  return (
    <Button variant="default" onClick={() => load.mutate()} loading={load.isPending}>
      {t('series.example')}
    </Button>
  );
}
