import * as savedFilter from './saved-filter/errors.ts'
import * as imports from './import/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = { ...savedFilter.errors, ...imports.errors }
export const constraints = { ...savedFilter.constraints, ...imports.constraints }
