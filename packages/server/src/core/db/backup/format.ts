/**
 * A backup is one file, the same for every engine: lines of JSON, compressed with zstd (whose checksum guards the
 * bytes). Values are those of `core/db/columns.ts`, so a backup made on one engine restores into another.
 *
 * ```
 * {"kizashiBackup":1,"version":"1.2.0","createdAt":…,"engine":"sqlite","migrations":[…],"tables":[{"name":…,"columns":[…]}]}
 * {"table":"core_users"}
 * ["01j…","Aiko",1767225600000]
 * {"end":"core_users","rows":1,"sha256":"…"}
 * {"complete":true,"rows":1}
 * ```
 * The hash of a table covers the lines of its rows, each with its line feed, in the order of the primary key.
 */
export interface BackupHeader {
  readonly kizashiBackup: 1;
  /** Version of the product that made it. */
  readonly version: string;
  readonly createdAt: number;
  readonly engine: string;
  readonly migrations: readonly string[];
  readonly tables: readonly BackupTable[];
}

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What a table held, to compare with what a restore made of it. */
export interface TableDigest {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
}

export interface BackupSummary extends Omit<BackupHeader, 'tables'> {
  readonly tables: readonly TableDigest[];
  readonly rows: number;
}
