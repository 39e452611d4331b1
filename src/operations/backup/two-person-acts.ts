import { whole } from '#/platform/database/list/whole.ts'
import * as z from 'zod'
import { twoPersons } from '#/operations/approval/index.ts'
import {
  deleteBackup,
  findDeletable,
  findNextKey,
  isAmongLast,
  rotateKey,
  storeErrors,
} from '#/operations/backup-store/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { errors } from './errors.ts'
import { backupName } from './schema.ts'
import { requireConfirmed, startRestore } from './start.ts'

/** Puts a backup in the place of everything that is there. */
export const restoreByTwo = twoPersons({
  permission: 'backup.restore',
  input: z.object({ name: backupName, confirm: z.string() }),
  subject: ({ name }) => name,
  check: (ctx, { name, confirm }) => requireConfirmed(ctx, name, confirm),
  errors: [storeErrors.BACKUP_NOT_FOUND, errors.BACKUP_NOT_CONFIRMED, errors.BACKUP_UNDER_WAY],
  act: (ctx, { name, confirm }, also) => startRestore(ctx, name, confirm, also),
})

/** Deletes a backup for good; of the last good ones nobody does that alone. */
export const deleteByTwo = twoPersons({
  permission: 'backup.delete',
  input: z.object({ name: backupName }),
  subject: ({ name }) => name,
  takesTwo: (ctx, { name }) => isAmongLast(ctx, name),
  check: (ctx, { name }) => findDeletable(ctx, name),
  errors: [storeErrors.BACKUP_NOT_FOUND, storeErrors.BACKUP_IS_LAST],
  act: (ctx, { name }, also) => deleteBackup(ctx, name, also),
})

/** Has new backups use the next key. */
export const rotateByTwo = twoPersons({
  permission: 'backup_key.rotate',
  input: z.object({}),
  subject: () => 'BACKUP_KEYS',
  check: (ctx) => findNextKey(ctx),
  errors: [storeErrors.BACKUP_KEY_LAST, storeErrors.BACKUP_KEY_MISSING, sharedErrors.STALE_STATE],
  act: async (ctx, _, also) => whole(await rotateKey(ctx, also)),
})
