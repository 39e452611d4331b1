import * as backup from './backup/errors.ts'
import * as job from './job/errors.ts'
import * as deadLetter from './dead-letter/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = { ...backup.errors, ...job.errors, ...deadLetter.errors }
export const constraints = { ...backup.constraints, ...job.constraints, ...deadLetter.constraints }
