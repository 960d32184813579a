import { defineErrors } from '../errors.ts';

/** What can be wrong with the database itself, and what the person who runs it can do. Never holds a password. */
export const databaseErrors = defineErrors({
  DATABASE_URL_INVALID: {
    status: 500,
    en: 'The database address is not valid: {reason}. Use sqlite:path, postgres://user:password@host/name or mysql://user:password@host/name in KIZASHI_DATABASE_URL.',
    ja: 'データベースのアドレスが正しくありません: {reason}。KIZASHI_DATABASE_URL には sqlite:パス、postgres://user:password@host/name、mysql://user:password@host/name のいずれかを指定してください。',
  },
  DATABASE_FILE_UNREADABLE: {
    status: 500,
    en: 'The database file {path} cannot be opened: {reason}. Check that the folder exists and that this user may read and write it.',
    ja: 'データベースファイル {path} を開けません: {reason}。フォルダーの有無と、このユーザーの読み書き権限を確認してください。',
  },
  DATABASE_FILE_READONLY: {
    status: 500,
    en: 'The database file {path} can be read but not written. Give this user write permission for the file and its folder.',
    ja: 'データベースファイル {path} に書き込めません。ファイルとフォルダーの書き込み権限をこのユーザーに与えてください。',
  },
  DATABASE_FILE_DAMAGED: {
    status: 500,
    en: 'The database file {path} is damaged or not a database. Keep a copy of it and restore the latest backup (kizashi backup restore).',
    ja: 'データベースファイル {path} は破損しているか、データベースではありません。コピーを残したうえで最新のバックアップを復元してください (kizashi backup restore)。',
  },
  DATABASE_FULL: {
    status: 507,
    retryable: true,
    en: 'The database has no room left. Nothing was changed. Free disk space, then try again.',
    ja: 'データベースの空き容量がありません。変更は行われていません。ディスクの空きを確保してから再試行してください。',
  },
  DATABASE_BUSY: {
    status: 503,
    retryable: true,
    en: 'Another program keeps the database locked. Nothing was changed. Try again, or stop the other program.',
    ja: '別のプログラムがデータベースをロックしています。変更は行われていません。再試行するか、そのプログラムを停止してください。',
  },
  DATABASE_UNREACHABLE: {
    status: 503,
    retryable: true,
    en: 'The database server at {address} cannot be reached: {reason}. Check that it runs and that KIZASHI_DATABASE_URL is right.',
    ja: 'データベースサーバー {address} に接続できません: {reason}。サーバーの稼働状況と KIZASHI_DATABASE_URL を確認してください。',
  },
  DATABASE_ACCESS_DENIED: {
    status: 500,
    en: 'The database server at {address} refuses this user or password. Correct them in KIZASHI_DATABASE_URL.',
    ja: 'データベースサーバー {address} がユーザーまたはパスワードを拒否しました。KIZASHI_DATABASE_URL を修正してください。',
  },
  DATABASE_MISSING: {
    status: 500,
    en: 'There is no such database at {address}. Create it (CREATE DATABASE) or correct KIZASHI_DATABASE_URL.',
    ja: '{address} に指定のデータベースがありません。作成するか (CREATE DATABASE)、KIZASHI_DATABASE_URL を修正してください。',
  },
  DATABASE_TOO_OLD: {
    status: 500,
    en: 'The database server at {address} is {version}. Kizashi needs {needed} or later: upgrade the server, or use the embedded database.',
    ja: 'データベースサーバー {address} は {version} です。Kizashi には {needed} 以降が必要です。サーバーを更新するか、組み込みデータベースを使用してください。',
  },
  DATABASE_NEWER: {
    status: 500,
    en: 'This database was made by a newer version of Kizashi (it knows {names}). Start that version, or restore a backup made by this one.',
    ja: 'このデータベースは新しいバージョンの Kizashi で作られています (不明な変更: {names})。そのバージョンを起動するか、このバージョンのバックアップを復元してください。',
  },
  DATABASE_MIGRATION_FAILED: {
    status: 500,
    en: 'The database could not be brought up to date: {name} failed: {reason}. Mend the cause and start again; finished steps are not repeated.',
    ja: 'データベースを更新できませんでした: {name} が失敗しました: {reason}。原因を取り除いて再起動してください。完了した手順は繰り返されません。',
  },
  DATABASE_HALF_RESTORED: {
    status: 500,
    en: 'A restore into this database did not finish, so it is not complete. Run the restore again with overwrite.',
    ja: 'このデータベースへの復元が完了していないため、データが揃っていません。上書きを指定して復元をやり直してください。',
  },
  BACKUP_UNWRITABLE: {
    status: 507,
    en: 'The backup file {file} cannot be written: {reason}. Nothing was left behind. Check the folder and its free space.',
    ja: 'バックアップファイル {file} を書き込めません: {reason}。途中のファイルは残していません。フォルダーと空き容量を確認してください。',
  },
  BACKUP_UNREADABLE: {
    status: 500,
    en: 'The backup file {file} cannot be read: {reason}.',
    ja: 'バックアップファイル {file} を読めません: {reason}。',
  },
  BACKUP_DAMAGED: {
    status: 422,
    en: 'The backup file {file} is damaged or incomplete ({reason}). Nothing was restored. Use another backup.',
    ja: 'バックアップファイル {file} は破損しているか不完全です ({reason})。復元は行っていません。別のバックアップを使用してください。',
  },
  BACKUP_NEWER: {
    status: 422,
    en: 'The backup {file} was made by a newer version of Kizashi ({version}; it knows {names}). Restore it with that version or a later one.',
    ja: 'バックアップ {file} は新しいバージョンの Kizashi ({version}、不明な変更: {names}) で作られています。そのバージョン以降で復元してください。',
  },
  RESTORE_NOT_EMPTY: {
    status: 409,
    en: 'The database already holds data ({tables} tables). Restore into an empty one, or ask for overwrite, which deletes what it holds.',
    ja: 'データベースには既にデータがあります ({tables} テーブル)。空のデータベースに復元するか、既存データを消去する上書きを指定してください。',
  },
  RESTORE_DIFFERS: {
    status: 500,
    en: 'After the restore, table {table} differs from the backup. The database is not complete: check the disk and restore again with overwrite.',
    ja: '復元後のテーブル {table} がバックアップと一致しません。データベースは不完全です。ディスクを確認し、上書きを指定して復元をやり直してください。',
  },
});
