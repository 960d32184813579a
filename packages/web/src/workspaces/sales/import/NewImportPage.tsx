import { delimiters, encodings } from '@kizashi/server/contract/csv';
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ApiError } from '../../../app/api-error.ts';
import { useApi } from '../../../app/services.tsx';
import { useSearchState } from '../../../app/use-search-state.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Empty } from '../../../ui/states.tsx';
import { type Inspection, uploadQuery } from '../queries.ts';
import { CheckStep } from './CheckStep.tsx';
import { UploadStep } from './UploadStep.tsx';

/** The upload and how it is cut into cells stand in the address, so a reload or a link goes on where one was. */
const searchSchema = z.object({
  upload: z.string().max(100).optional().catch(undefined),
  encoding: z.enum(encodings).optional().catch(undefined),
  delimiter: z.enum(delimiters).optional().catch(undefined),
  hasHeader: z.enum(['true', 'false']).optional().catch(undefined),
});

/** From a file to a started import: choose, check, start. */
export function NewImportPage() {
  const { t } = useTranslation('sales');
  const [{ upload, ...inspection }, change] = useSearchState(searchSchema);
  const restart = () =>
    change({
      upload: undefined,
      encoding: undefined,
      delimiter: undefined,
      hasHeader: undefined,
    });
  return (
    <>
      <PageHeader
        title={t('import.upload.title')}
        description={t('import.upload.description')}
        parents={[{ label: t('import.title'), to: '/sales/import' }]}
      />
      {upload === undefined ? (
        <UploadStep onUploaded={(id) => change({ upload: id })} />
      ) : (
        <Check id={upload} inspection={inspection} onInspect={change} onRestart={restart} />
      )}
    </>
  );
}

function Check({
  id,
  inspection,
  onInspect,
  onRestart,
}: {
  readonly id: string;
  readonly inspection: Inspection;
  readonly onInspect: (inspection: Inspection) => void;
  readonly onRestart: () => void;
}) {
  const { t } = useTranslation('sales');
  const upload = useQuery(uploadQuery(useApi(), id, inspection));
  if (upload.error instanceof ApiError && upload.error.status === 404) {
    return (
      <Empty
        icon="upload"
        title={t('import.check.gone')}
        action={
          <Anchor component="button" onClick={onRestart}>
            {t('import.upload.other')}
          </Anchor>
        }
      />
    );
  }
  return (
    <QueryState query={upload} height={480}>
      {(found) => (
        <CheckStep
          // Read another way, the file has other columns: what was set for the old ones is void.
          key={`${found.id} ${found.encoding} ${found.delimiter} ${found.hasHeader}`}
          upload={found}
          onInspect={onInspect}
          onRestart={onRestart}
        />
      )}
    </QueryState>
  );
}
