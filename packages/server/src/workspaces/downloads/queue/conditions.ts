import type { Logger } from '../../../core/log.ts';
import type { DownloadSettings } from '../contract.ts';
import type { LibraryFolder } from '../library/folder.ts';
import { DEFAULT_SETTINGS, readSettings } from '../store/settings.ts';
import type { DownloadsQuery } from '../store/tables.ts';
import { capAt } from './schedule.ts';

/** What holds everything. */
export type Hold = 'schedule' | 'disk' | 'library';

/** What the queue may do now: as the settings, the schedule, the disk and the library folder had it at the last look. */
export interface Conditions {
  /** Looks at all of it. @param folderToo also whether the library folder can be written */
  look(now: number, folderToo: boolean): Promise<void>;
  readonly settings: DownloadSettings;
  readonly hold: Hold | null;
  /** Bytes per second of all downloads together, by the schedule; null: as fast as it goes. */
  readonly cap: number | null;
  /** On the disk of the library; null when it does not say. */
  readonly freeBytes: number | null;
  /** Whether a file that needs so much fits, and leaves what is to be left free. */
  hasRoom(bytes: number): boolean;
}

export interface ConditionsDeps {
  readonly query: DownloadsQuery;
  readonly log: Logger;
  readonly timeZone: () => Promise<string>;
  readonly folder: LibraryFolder;
  readonly freeBytes: () => Promise<number | null>;
}

export function createConditions(deps: ConditionsDeps): Conditions {
  const { log } = deps;
  let settings = DEFAULT_SETTINGS;
  let hold: Hold | null = null;
  let cap: number | null = null;
  let free: number | null = null;
  let folderProblem: unknown;

  function holdNow(): Hold | null {
    if (folderProblem !== undefined) return 'library';
    if (cap === 0) return 'schedule';
    return free !== null && free < settings.keepFreeBytes ? 'disk' : null;
  }

  return {
    async look(now, folderToo) {
      settings = await readSettings(deps.query);
      cap = capAt(settings.schedule, await deps.timeZone(), now);
      if (folderToo || folderProblem !== undefined) {
        folderProblem = await deps.folder.prepare().then(
          () => undefined,
          (error: unknown) => error,
        );
      }
      free = await deps.freeBytes();
      const before = hold;
      hold = holdNow();
      if (hold === before) return;
      // Nothing moves now, or again: who reads the log must find out why.
      const facts = { freeBytes: free, keepFreeBytes: settings.keepFreeBytes };
      if (hold === 'library') log.error({ err: folderProblem }, 'downloads.library.unusable');
      else if (hold !== null) log.warn({ heldBy: hold, ...facts }, 'downloads.runner.held');
      else log.info({ heldBy: before, ...facts }, 'downloads.runner.goes-on');
    },
    get settings() {
      return settings;
    },
    get hold() {
      return hold;
    },
    get cap() {
      return cap;
    },
    get freeBytes() {
      return free;
    },
    hasRoom: (bytes) => free === null || free - bytes >= settings.keepFreeBytes,
  };
}
