import * as savedFilter from './saved-filter/errors.ts'
import * as imports from './import/errors.ts'
import * as importFile from './import-file/errors.ts'
import * as importPlan from './import-plan/errors.ts'
import * as importedEntity from './imported-entity/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...savedFilter.errors,
  ...imports.errors,
  ...importFile.errors,
  ...importPlan.errors,
  ...importedEntity.errors,
}
export const constraints = { ...savedFilter.constraints, ...imports.constraints, ...importPlan.constraints }
