import {
  type ImportMapping,
  importPreviewSchema,
  type Upload,
} from '@kizashi/server/workspaces/sales';
import { Button, Checkbox, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useOrganisation } from '../../../app/session.ts';
import { browserStorage } from '../../../app/storage.ts';
import { useFormat } from '../../../app/use-format.ts';
import { Caution } from '../../../ui/caution.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import type { Inspection } from '../queries.ts';
import { ColumnsTable } from './ColumnsTable.tsx';
import { FileSettings } from './FileSettings.tsx';
import { guessedMapping, keepMapping, keptMapping } from './mapping.ts';
import { PreviewTable } from './PreviewTable.tsx';
import { StartForm } from './StartForm.tsx';
import { ValueSettings } from './ValueSettings.tsx';

/** What was found in a file, open to correction, and what will be stored of it. */
export function CheckStep({
  upload,
  onInspect,
  onRestart,
}: {
  readonly upload: Upload;
  readonly onInspect: (inspection: Inspection) => void;
  readonly onRestart: () => void;
}) {
  const { t } = useTranslation('sales');
  const format = useFormat();
  const organisation = useOrganisation();
  const [mapping, setMapping] = useState(
    () => keptMapping(browserStorage(), upload) ?? guessedMapping(upload, organisation),
  );
  const [allowDuplicate, setAllowDuplicate] = useState(false);
  const preview = useQuery(usePreviewQuery(upload.id, mapping));
  const change = (next: ImportMapping) => {
    keepMapping(browserStorage(), upload.id, next);
    setMapping(next);
  };
  const problems = preview.data?.problems ?? [];
  return (
    <>
      {upload.duplicateOf && (
        <Caution icon="alert" title={t('import.check.duplicate')} mb="md">
          {t('import.check.duplicateText', {
            name: upload.duplicateOf.name,
            date: format.dateTime(upload.duplicateOf.finishedAt),
          })}
          <Checkbox
            mt="xs"
            label={t('import.check.allowDuplicate')}
            checked={allowDuplicate}
            onChange={(event) => setAllowDuplicate(event.currentTarget.checked)}
          />
        </Caution>
      )}
      <Section
        title={t('import.check.title')}
        description={t('import.check.file', {
          name: upload.name,
          size: format.bytes(upload.sizeBytes),
          rows: format.number(upload.rowsEstimated, 0),
        })}
        actions={
          <Button variant="default" size="xs" onClick={onRestart}>
            {t('import.upload.other')}
          </Button>
        }
      >
        <Group align="flex-end" gap="sm">
          <FileSettings upload={upload} onInspect={onInspect} />
          <ValueSettings mapping={mapping} onChange={change} />
        </Group>
      </Section>
      <Section title={t('import.check.columns')} description={t('import.check.columnsText')}>
        <ColumnsTable upload={upload} mapping={mapping} onChange={change} />
      </Section>
      <Section title={t('import.preview.title')} description={t('import.preview.text')}>
        <QueryState query={preview} height={260}>
          {({ rows }) => <PreviewTable rows={rows} upload={upload} mapping={mapping} />}
        </QueryState>
      </Section>
      <StartForm
        upload={upload}
        mapping={mapping}
        problems={problems}
        blocked={
          preview.data === undefined ||
          problems.length > 0 ||
          (upload.duplicateOf !== null && !allowDuplicate)
        }
        allowDuplicate={allowDuplicate}
      />
    </>
  );
}

function usePreviewQuery(uploadId: string, mapping: ImportMapping) {
  const api = useApi();
  return {
    queryKey: ['sales', 'preview', uploadId, mapping],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.post(`/api/sales/uploads/${uploadId}/preview`, importPreviewSchema, mapping, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  };
}
