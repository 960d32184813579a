import type { JobBody } from '@kizashi/server/workspaces/downloads';

/** The options of a job as they stand in the form. */
export interface OptionsDraft {
  readonly name: string;
  readonly strategy: 'sequential' | 'parallel' | 'adaptive';
  readonly parallelFiles: number;
  readonly priority: number;
  readonly files: 'primary' | 'all';
  /** `2026-11-24T02:00`, of this device's clock; empty for now. */
  readonly startAt: string;
  readonly paused: boolean;
  /** Empty for the setting's. */
  readonly pathTemplate: string;
}

export const emptyOptions: OptionsDraft = {
  name: '',
  strategy: 'adaptive',
  parallelFiles: 4,
  priority: 0,
  files: 'primary',
  startAt: '',
  paused: false,
  pathTemplate: '',
};

/** Whether they can be sent. */
export function isSound({ startAt }: OptionsDraft): boolean {
  return startAt === '' || Number.isFinite(Date.parse(startAt));
}

export function optionsOf(draft: OptionsDraft): Omit<JobBody, 'inputs'> {
  const { name, startAt, pathTemplate, ...rest } = draft;
  return {
    ...rest,
    name: name.trim(),
    ...(startAt === '' ? {} : { startAt: Date.parse(startAt) }),
    ...(pathTemplate.trim() === '' ? {} : { pathTemplate: pathTemplate.trim() }),
  };
}
