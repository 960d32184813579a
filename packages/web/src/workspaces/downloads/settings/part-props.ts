import type { DownloadSettings } from '@kizashi/server/workspaces/downloads';

/** A part of the form: what there is, and how it is changed. */
export interface PartProps {
  readonly settings: DownloadSettings;
  readonly change: (part: Partial<DownloadSettings>) => void;
}
