/**
 * How often the process may die while it runs a job before the job is given up as the likely cause. Deaths are not
 * attempts: whoever pulls the plug twenty times wants the import to go on all the same.
 */
export const MAX_CRASHES = 30;
