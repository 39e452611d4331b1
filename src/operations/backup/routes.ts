import { pageOf } from '#/platform/http/envelope.ts'
import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { file, nothingOr } from '#/platform/http/format.ts'
import { approvalErrors, Asked, isAsked } from '#/operations/approval/index.ts'
import { readFile, rewrapBackups, storeErrors } from '#/operations/backup-store/index.ts'
import { findBackup, findBackups, findKeys, findRuns } from './queries.ts'
import {
  BackupDetail,
  BackupInput,
  BackupKey,
  Backup,
  backupName,
  BackupRun,
  RestoreInput,
  Rewrapped,
} from './schema.ts'
import { startBackup, startVerification } from './start.ts'
import { deleteByTwo, restoreByTwo, rotateByTwo } from './two-person-acts.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ name: backupName })
const gone = storeErrors.BACKUP_NOT_FOUND
const takesTwo =
  'Where `TWO_PERSON_OPERATIONS` is on the answer is 202 with an `approval`, and it takes place when another administrator approves it, both with accounts that have been the same for seven days.'

export const backupEndpoints = [
  wholeList({
    id: 'listBackups',
    path: '/backups',
    summary: 'The backups there are, newest first',
    permission: 'backup.read',
    row: Backup,
  }).handle(({ ctx }) => findBackups(ctx)),

  endpoint({
    id: 'createBackup',
    method: 'post',
    path: '/backups',
    summary: 'Make a backup of everything now',
    description:
      'The work is done in the background; `GET /backups/{name}` says how far it is. When it is made it is read back once.',
    permission: 'backup.create',
    limit: 'heavy',
    stepUp: true,
    body: BackupInput,
    bodyOptional: true,
    status: 202,
    returns: BackupRun,
    errors: [storeErrors.BACKUP_EXISTS, errors.BACKUP_UNDER_WAY, storeErrors.BACKUP_KEY_MISSING],
  }).handle(({ ctx, body }) => startBackup(ctx, body.name)),

  wholeList({
    id: 'listBackupKeys',
    path: '/backups/keys',
    summary: 'The keys that open backups, by name',
    permission: 'backup_key.read',
    row: BackupKey,
    errors: [storeErrors.BACKUP_KEY_MISSING],
  }).handle(({ ctx }) => findKeys(ctx)),

  endpoint({
    id: 'rotateBackupKey',
    method: 'post',
    path: '/backups/keys/rotate',
    summary: 'Use the next key of BACKUP_KEYS for new backups',
    permission: 'backup_key.rotate',
    description: takesTwo,
    stepUp: true,
    returns: z.union([pageOf(BackupKey), Asked]),
    isAccepted: isAsked,
    errors: [
      storeErrors.BACKUP_KEY_LAST,
      storeErrors.BACKUP_KEY_MISSING,
      approvalErrors.APPROVAL_PENDING,
      approvalErrors.APPROVAL_ACCOUNT_NEW,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx }) => rotateByTwo(ctx, {})),

  endpoint({
    id: 'rewrapBackups',
    method: 'post',
    path: '/backups/rewrap',
    summary: 'Put all backups under the current key',
    description: 'Encrypts the data keys anew, not the backups. Afterwards older keys can leave BACKUP_KEYS.',
    permission: 'backup_key.rewrap',
    limit: 'heavy',
    stepUp: true,
    returns: Rewrapped,
    errors: [storeErrors.BACKUP_KEY_MISSING, sharedErrors.STALE_STATE],
  }).handle(({ ctx }) => rewrapBackups(ctx)),

  wholeList({
    id: 'listBackupRuns',
    path: '/backups/runs',
    summary: 'What was made, verified and restored lately, newest first',
    permission: 'backup.read',
    row: BackupRun,
  }).handle(({ ctx }) => findRuns(ctx)),

  endpoint({
    id: 'getBackup',
    method: 'get',
    path: '/backups/:name',
    summary: 'A backup, and what was done with it',
    permission: 'backup.read',
    params,
    returns: BackupDetail,
    errors: [gone],
  }).handle(({ ctx, params: { name } }) => findBackup(ctx, name)),

  endpoint({
    id: 'downloadBackup',
    method: 'get',
    path: '/backups/:name/file',
    summary: 'A backup as one encrypted file',
    permission: 'backup.download',
    limit: 'heavy',
    stepUp: true,
    params,
    returns: file('application/octet-stream'),
    errors: [gone, storeErrors.BACKUP_DAMAGED],
  }).handle(({ ctx, params: { name } }) => readFile(ctx, name)),

  endpoint({
    id: 'verifyBackup',
    method: 'post',
    path: '/backups/:name/verify',
    summary: 'Decrypt and check every byte of a backup',
    description: 'Writes nothing. `GET /backups/{name}` says what came of it.',
    permission: 'backup.verify',
    limit: 'heavy',
    params,
    status: 202,
    returns: BackupRun,
    errors: [gone, errors.BACKUP_UNDER_WAY],
  }).handle(({ ctx, params: { name } }) => startVerification(ctx, name)),

  endpoint({
    id: 'restoreBackup',
    method: 'post',
    path: '/backups/:name/restore',
    summary: 'Put a backup in the place of everything that is there',
    description:
      'Verifies it, refuses writes from then on (503 MAINTENANCE), makes a backup of what will be replaced, loads beside the live tables, and swaps them at once. Whatever fails before the swap leaves everything as it is. It revives nothing: accounts, revocations, used tokens and what was issued since stay as they are. ' +
      takesTwo,
    permission: 'backup.restore',
    limit: 'heavy',
    stepUp: true,
    params,
    body: RestoreInput,
    status: 202,
    returns: z.union([BackupRun, Asked]),
    errors: [
      gone,
      errors.BACKUP_NOT_CONFIRMED,
      errors.BACKUP_UNDER_WAY,
      approvalErrors.APPROVAL_PENDING,
      approvalErrors.APPROVAL_ACCOUNT_NEW,
    ],
  }).handle(({ ctx, params: { name }, body: { confirm } }) => restoreByTwo(ctx, { name, confirm })),

  endpoint({
    id: 'deleteBackup',
    method: 'delete',
    path: '/backups/:name',
    summary: 'Delete a backup for good',
    description: `The newest of each of the last three days that have one, of those that were verified and of those that are not known to be damaged: ${takesTwo}`,
    permission: 'backup.delete',
    stepUp: true,
    params,
    returns: nothingOr(Asked),
    errors: [gone, storeErrors.BACKUP_IS_LAST, approvalErrors.APPROVAL_PENDING, approvalErrors.APPROVAL_ACCOUNT_NEW],
  }).handle(({ ctx, params: { name } }) => deleteByTwo(ctx, { name })),
]
