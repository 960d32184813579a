import { uploadSchema } from '@kizashi/server/workspaces/sales';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { useApi } from '../../../app/services.tsx';
import { uploadFile } from '../../../app/upload-file.ts';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { uploadQuery } from '../queries.ts';

const EXTENSIONS = ['csv', 'tsv', 'txt'];

/** Takes a file, and sends it to be looked into. */
export function UploadStep({ onUploaded }: { readonly onUploaded: (id: string) => void }) {
  const { t, i18n } = useTranslation('sales');
  const api = useApi();
  const queryClient = useQueryClient();
  return (
    <FileDrop
      title={t('import.upload.drop')}
      hint={t('import.upload.hint')}
      extensions={EXTENSIONS}
      wrongFile={t('import.upload.notOne')}
      send={async (file, options) => {
        const upload = await uploadFile({
          path: '/api/sales/uploads',
          schema: uploadSchema,
          file,
          locale: localeOf(i18n),
          ...options,
        });
        queryClient.setQueryData(uploadQuery(api, upload.id, {}).queryKey, upload);
        onUploaded(upload.id);
      }}
    />
  );
}
