export { deleteBackup, deleteOldBackups, findDeletable, isAmongLast } from './delete-backup.ts'
export { errors as storeErrors } from './errors.ts'
export { currentKey, listKeys, ringOf } from './keys.ts'
export { nameOf, safetyNameOf } from './names.ts'
export { publish } from './publish.ts'
export { cipherOf, framesAt, newReading, type Place, type Reading, readStep } from './read.ts'
export { readFile } from './read-file.ts'
export { rewrapBackups } from './rewrap-backups.ts'
export { findNextKey, rotateKey } from './rotate-key.ts'
export {
  deleteSegments,
  headerOf,
  type Index,
  listBackups,
  markVerified,
  putSegment,
  readIndex,
  type Segment,
} from './store.ts'
