import * as z from 'zod'
import { runTasks } from '#/platform/words.ts'
import { said, saying } from '#/platform/validation/said.ts'

/** Letters, digits and `._-`; never a way out of its folder. `keys`, `rewrap` and `runs` are addresses. */
export const backupName = z
  .string()
  .regex(
    said(/^[A-Za-z0-9._-]{1,128}$/, {
      en: 'must be 1 to 128 letters, digits and . _ -, such as backup_20261120_020000',
      el: 'πρέπει να είναι 1 έως 128 λατινικά γράμματα, ψηφία και . _ -, όπως backup_20261120_020000',
    }),
  )
  .refine(
    (name) => !name.includes('..') && name !== '.' && !['keys', 'rewrap', 'runs'].includes(name),
    saying(
      'is taken by the service itself: choose another',
      'χρησιμοποιείται από την ίδια την υπηρεσία: επιλέξτε άλλο',
    ),
  )
  .meta({ description: '`backup_YYYYMMDD_HHMMSS` by default.', example: 'backup_20261120_020000' })

export const BackupInput = z.strictObject({ name: backupName.optional() })

export const RestoreInput = z.strictObject({
  confirm: z.string().max(128).meta({ description: 'The name of the backup once more.' }),
})

const instant = z.iso.datetime()
const kid = z.string().meta({ description: 'The key of BACKUP_KEYS that opens it.' })

export const Backup = z
  .object({
    name: z.string(),
    created_at: instant,
    finished_at: instant,
    rows: z.int(),
    bytes: z.int().meta({ description: 'Of the file.' }),
    kid,
    verified_at: instant.nullable(),
    is_good: z
      .boolean()
      .nullable()
      .meta({ description: 'What the last verification said; null before the first one.' }),
  })
  .meta({ id: 'Backup' })

export const BackupRun = z
  .object({
    id: z.string(),
    task: z.enum(runTasks),
    name: z.string().meta({ description: 'Of the backup that is made, verified or restored.' }),
    status: z.enum(['under_way', 'done', 'failed']),
    phase: z.enum(['copy', 'read', 'save', 'load', 'merge', 'swap', 'done']),
    rows: z.int().meta({ description: 'Rows copied or read so far.' }),
    saved_as: z.string().nullable().meta({ description: 'The backup that a restore made of what it replaced.' }),
    kept: z
      .array(z.object({ table: z.string(), rows: z.int() }))
      .nullable()
      .meta({
        description:
          'What a restore left as it was, by table: accounts, second factors, revocations, documents issued since, the audit log. Null before it is known.',
      }),
    error: z
      .object({ code: z.string(), where: z.string().nullable() })
      .nullable()
      .meta({ description: '`where` names the damaged part, or the missing key.' }),
    requested_by: z.int().nullable(),
    requested_by_name: z.string().nullable().optional().meta({ description: 'Absent in the answer to an order.' }),
    created_at: instant,
    updated_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'BackupRun' })

export const BackupDetail = z.object({
  name: z.string(),
  backup: Backup.nullable().meta({ description: 'Null while it is made, and when that failed.' }),
  runs: z.array(BackupRun).meta({ description: 'What was done with it, newest first.' }),
})

export const BackupKey = z
  .object({
    kid,
    is_current: z.boolean(),
    is_missing: z.boolean().meta({ description: 'BACKUP_KEYS no longer holds it: its backups cannot be read.' }),
    backups: z.int(),
  })
  .meta({ id: 'BackupKey' })

export const Rewrapped = z.object({
  kid,
  rewrapped: z.array(z.string()),
  missing: z.array(z.object({ name: z.string(), kid })).meta({ description: 'Backups whose key is gone.' }),
  damaged: z.array(z.string()).meta({ description: 'Backups whose header cannot be read.' }),
})
