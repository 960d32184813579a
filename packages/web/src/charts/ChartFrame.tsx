import { ActionIcon, Menu, SegmentedControl } from '@mantine/core';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import { Section } from '../ui/section.tsx';
import { type ChartTable, tableCsv } from './chart-table.ts';
import { downloadAddress, downloadText } from './download.ts';
import type { ChartHandle } from './EChart.tsx';
import type catalogue from './i18n/en.json';
import { NumbersTable } from './NumbersTable.tsx';
import { usePalette } from './use-palette.ts';

declare module '../app/i18n.ts' {
  interface Catalogues {
    charts: typeof catalogue;
  }
}

export interface ChartFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly table: ChartTable;
  /** Without extension. */
  readonly fileName: string;
  /** Of the chart and of the table, in CSS pixels, so that the page does not jump between them. */
  readonly height: number;
  /** Offers the picture; absent for charts made of HTML. */
  readonly picture?: RefObject<ChartHandle | null>;
  /** Switches that belong to this chart. */
  readonly controls?: ReactNode;
  /** Draws the chart; `numbers` is its table, to stand in where it cannot be drawn. */
  readonly children: (numbers: ReactNode) => ReactNode;
}

/** A chart with its title, the same numbers as a table, and both to take away. */
export function ChartFrame(props: ChartFrameProps) {
  const { t } = useTranslation('charts');
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const numbers = <NumbersTable table={props.table} label={props.title} maxHeight={props.height} />;
  return (
    <Section
      title={props.title}
      description={props.description}
      actions={
        <>
          {props.controls}
          <SegmentedControl
            size="xs"
            aria-label={t('view', { title: props.title })}
            value={view}
            onChange={(value) => setView(value === 'table' ? 'table' : 'chart')}
            data={[
              { value: 'chart', label: t('chart') },
              { value: 'table', label: t('table') },
            ]}
          />
          <TakeAwayMenu {...props} pictureReady={view === 'chart'} />
        </>
      }
    >
      {view === 'table' ? numbers : props.children(numbers)}
    </Section>
  );
}

function TakeAwayMenu({
  title,
  table,
  fileName,
  picture,
  pictureReady,
}: ChartFrameProps & { readonly pictureReady: boolean }) {
  const { t } = useTranslation('charts');
  const palette = usePalette();
  // Browsers offer the clipboard only over HTTPS and on localhost.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('takeAway', { title })}>
          <Icon name="download" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => downloadText(`${fileName}.csv`, tableCsv(table), 'text/csv')}>
          {t('csv')}
        </Menu.Item>
        {clipboard && (
          <Menu.Item onClick={() => void clipboard.writeText(tableCsv(table))}>
            {t('copy')}
          </Menu.Item>
        )}
        {picture && pictureReady && (
          <Menu.Item
            onClick={() => {
              const png = picture.current?.png(palette.surface);
              if (png !== undefined) downloadAddress(`${fileName}.png`, png);
            }}
          >
            {t('png')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
