/** The backup is not what was written. `where` is for people: `header`, `chunk 17 (table score)`. */
export class DamagedBackup extends Error {
  readonly where: string
  constructor(where: string, reason: string) {
    super(`${where}: ${reason}`)
    this.where = where
  }
}

/** No key of the ring opens the backup. */
export class MissingBackupKey extends Error {
  readonly kid: string
  constructor(kid: string) {
    super(`no key ${kid}`)
    this.kid = kid
  }
}
