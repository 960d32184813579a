import { z } from 'zod';
import { addressOf, flag, listOf, type SettingTable, wholeNumber } from './setting.ts';

/** Every setting of the core. `docs/reference/settings.md` is generated from this table. */
export const coreSettings = {
  host: {
    schema: z.string().default('127.0.0.1'),
    description: 'Address to listen on. `0.0.0.0` accepts connections from other machines.',
  },
  port: {
    schema: wholeNumber(0, 65_535).default(4700),
    description: 'Port to listen on; 0 takes a free one.',
  },
  url: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    description:
      'Address under which people reach the product; used in mails and links. Default: host and port.',
  },
  data: {
    schema: z.string().default('data'),
    description:
      'Folder for everything kept on this machine: embedded database, column cache, uploads, backups, keys.',
  },
  databaseUrl: {
    schema: addressOf(
      'sqlite:',
      'postgres://',
      'postgresql://',
      'mysql://',
      'mariadb://',
    ).optional(),
    description: 'Database address. Default: SQLite in the data folder.',
    secret: true,
  },
  databasePool: {
    schema: wholeNumber(1, 200).default(10),
    description: 'Connections kept to PostgreSQL or MySQL.',
  },
  redisUrl: {
    schema: addressOf('redis://', 'rediss://').optional(),
    description:
      'Redis address for the shared queue and live messages. Needed when more than one process runs.',
    secret: true,
  },
  redisPrefix: {
    schema: z.string().default('{kizashi}'),
    description:
      'Prefix of every Redis key; the braces keep the keys in one slot of a Redis Cluster.',
  },
  roles: {
    schema: listOf(['web', 'worker']).default(['web', 'worker']),
    description: 'What this process does: `web` answers people and programs, `worker` runs jobs.',
  },
  computeThreads: {
    schema: wholeNumber(1, 256).optional(),
    description: 'Worker threads for numeric work. Default: number of processors.',
  },
  jobTakeoverSeconds: {
    schema: z.coerce.number().min(0.4).max(600).default(10),
    description:
      'How long a process of the embedded queue may be silent before others take over its jobs.',
    unit: 'seconds',
  },
  stopSeconds: {
    schema: z.coerce.number().min(1).max(3600).default(60),
    description:
      'How long a stop may take. What has not ended by then is left to the next start, which loses nothing.',
    unit: 'seconds',
  },
  analyticsMemoryMb: {
    schema: wholeNumber(64).default(256),
    description: 'Memory the analytics engine may use.',
    unit: 'MB',
  },
  secret: {
    schema: z.string().min(32).optional(),
    description:
      'Key that encrypts stored secrets (TOTP seeds, channel passwords). Default: made once, kept in the data folder.',
    secret: true,
  },
  registration: {
    schema: z.enum(['open', 'invited', 'closed']).default('invited'),
    description: 'Who may register before an administrator chooses otherwise on the Settings page.',
  },
  sessionIdleMinutes: {
    schema: wholeNumber(1).default(720),
    description: 'A session ends after this long without a request.',
    unit: 'minutes',
  },
  sessionMaxHours: {
    schema: wholeNumber(1).default(720),
    description: 'A session ends after this long, whatever happens.',
    unit: 'hours',
  },
  bcryptCost: {
    schema: wholeNumber(4, 16).default(12),
    description: 'Work factor of password hashes.',
  },
  rateLimitPerMinute: {
    schema: wholeNumber(1).default(600),
    description:
      'Requests a minute for one user, token or address. Each process counts for itself: with two behind a load balancer up to twice as many pass.',
  },
  rateLimitSignInPerMinute: {
    schema: wholeNumber(1).default(10),
    description:
      'Attempts to sign in, register or use a one-time link a minute for one address and one account, counted by each process. Failures in a row are counted in the database, over all processes, and block the account.',
  },
  trustProxy: {
    schema: flag.default(false),
    description: 'Believe `X-Forwarded-*`: switch on only behind a proxy that sets them.',
  },
  bodyLimitMb: {
    schema: wholeNumber(1).default(1),
    description: 'Largest JSON request. Uploads have their own limit.',
    unit: 'MB',
  },
  uploadLimitMb: {
    schema: wholeNumber(1).default(4096),
    description: 'Largest uploaded file.',
    unit: 'MB',
  },
  retentionAuditDays: {
    schema: wholeNumber(1).default(400),
    description: 'How long entries of the audit log are kept.',
    unit: 'days',
  },
  retentionAlertDays: {
    schema: wholeNumber(1).default(400),
    description: 'How long alerts are kept. The last one of each rule always is.',
    unit: 'days',
  },
  retentionDeliveryDays: {
    schema: wholeNumber(1).default(90),
    description: 'How long the log of sent and failed notifications is kept.',
    unit: 'days',
  },
  retentionTaskDays: {
    schema: wholeNumber(1).default(30),
    description: 'How long tasks that are done or cancelled are kept.',
    unit: 'days',
  },
  retentionFailedTaskDays: {
    schema: wholeNumber(1).default(90),
    description: 'How long failed tasks can still be tried again.',
    unit: 'days',
  },
  retentionUploadDays: {
    schema: wholeNumber(1).default(7),
    description: 'How long an uploaded file that nobody imported is kept.',
    unit: 'days',
  },
  smtpUrl: {
    schema: addressOf('smtp://', 'smtps://').optional(),
    description:
      'Mail server, `smtp://user:password@host:587`. Without it e-mail is off and says so.',
    secret: true,
  },
  smtpFrom: {
    schema: z.string().default('Kizashi <kizashi@localhost>'),
    description: 'Sender of mails.',
  },
  webhookAllowPrivate: {
    schema: flag.default(false),
    description: 'Let webhooks reach private and loopback addresses.',
  },
  logLevel: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    description: 'Least important kind of log line that is written.',
  },
  metricsToken: {
    schema: z.string().min(16).optional(),
    description:
      'Bearer token that `GET /metrics` asks for. Without it only this machine may read it.',
    secret: true,
  },
  sentryDsn: {
    schema: z.url().optional(),
    description:
      'Send unexpected errors to Sentry; needs the package `@sentry/node` installed beside Kizashi.',
    secret: true,
  },
  demo: {
    schema: flag.default(true),
    description:
      'Load the demo data when the server starts on a database that never had an import.',
  },
} as const satisfies SettingTable;
