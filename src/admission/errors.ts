import * as application from './application/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = { ...application.errors }
export const constraints = { ...application.constraints }
