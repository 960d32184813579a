export { type CreateBackupOptions, createBackup, verifyBackup } from './create-backup.ts';
export type { BackupSummary, TableDigest } from './format.ts';
export { type RestoreOptions, restoreBackup } from './restore-backup.ts';
