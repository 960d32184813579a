import type { OfferedModel } from '@kizashi/server/workspaces/downloads';
import { Anchor, Badge, Checkbox, Group, Select, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Caution } from '../../../ui/caution.tsx';
import { Icon } from '../../../ui/icons.tsx';
import classes from '../downloads.module.css';
import { useWords } from '../use-words.ts';
import { licenseText } from './license-text.ts';
import { PickButton } from './PickButton.tsx';
import { pickOf, useTray } from './use-tray.ts';

/** One model that was found: its versions and files to pick from, and what stands in the way. */
export function ModelCard({ model }: { readonly model: OfferedModel }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const [chosen, choose] = useState<string | null>(null);
  const version = model.versions.find(({ id }) => id === chosen) ?? model.versions[0];
  const { source, creator } = model;
  return (
    <li className={classes.card}>
      {model.preview !== null && (
        <img className={classes.preview} src={model.preview} alt="" loading="lazy" />
      )}
      <div>
        <Title order={3} size="h4">
          <Anchor href={model.page} target="_blank" rel="noreferrer" inherit>
            {model.name} <Icon name="external" size={13} label={t('search.page')} />
          </Anchor>
        </Title>
        <Group gap={6} mt={4}>
          <Badge size="sm" variant="light" className="kz-badge">
            {model.type}
          </Badge>
          {version?.baseModel && (
            <Badge size="sm" variant="light" color="gray" className="kz-badge">
              {version.baseModel}
            </Badge>
          )}
          {model.nsfw && (
            <Badge size="sm" variant="light" color="shu" className="kz-badge">
              {t('search.nsfwBadge')}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" mt={4}>
          {[
            creator,
            model.downloads === null
              ? null
              : t('search.downloads', { downloads: words.count(model.downloads) }),
            model.license &&
              licenseText(model.license, (key, values = { uses: '' }) =>
                t(`search.license.${key}`, values),
              ),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      {model.versions.length > 1 && (
        <Select
          size="xs"
          aria-label={t('search.versionOf', { name: model.name })}
          data={model.versions.map(({ id, name }) => ({ value: id, label: name }))}
          value={version?.id ?? null}
          onChange={choose}
          allowDeselect={false}
        />
      )}
      {version === undefined ? (
        <Text size="sm" c="dimmed">
          {t('search.noVersions')}
        </Text>
      ) : (
        <Files model={model} version={version} />
      )}
      <Group gap={6} mt="auto">
        {version !== undefined && (
          <PickButton
            pick={pickOf(
              { kind: 'version', source, id: version.id },
              `${model.name} ${version.name}`,
              version.files.find(({ primary }) => primary)?.sizeBytes ?? null,
            )}
          >
            {t('search.pick.version')}
          </PickButton>
        )}
        <PickButton pick={pickOf({ kind: 'model', source, id: model.id }, model.name, null)}>
          {t('search.pick.model')}
        </PickButton>
        {creator !== null && (
          <PickButton
            pick={pickOf(
              { kind: 'creator', source, id: creator },
              t('search.allOf', { creator }),
              null,
            )}
          >
            {t('search.pick.creator')}
          </PickButton>
        )}
      </Group>
    </li>
  );
}

function Files({
  model,
  version,
}: {
  readonly model: OfferedModel;
  readonly version: OfferedModel['versions'][number];
}) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const tray = useTray();
  return (
    <>
      {version.barrier !== null && (
        <Caution icon="lock" p="xs">
          {t(`barrier.${version.barrier}`)}
        </Caution>
      )}
      {version.files.map((file) => {
        const pick = pickOf(
          { kind: 'file', ref: file.ref },
          `${model.name} · ${file.name}`,
          file.sizeBytes,
        );
        const facts = [
          words.bytes(file.sizeBytes),
          file.format,
          file.primary && version.files.length > 1 ? t('search.primary') : null,
          file.sourceScan === null || file.sourceScan === 'Success'
            ? null
            : t('search.sourceScan', { result: file.sourceScan }),
        ];
        return (
          <Checkbox
            key={file.ref}
            size="sm"
            label={<span className={classes.hash}>{file.name}</span>}
            description={facts.filter((fact) => fact !== null).join(' · ')}
            checked={tray.has(pick.key)}
            onChange={(event) =>
              event.currentTarget.checked ? tray.add(pick) : tray.remove(pick.key)
            }
          />
        );
      })}
    </>
  );
}
