import * as category from './category/errors.ts'
import * as attendance from './attendance/errors.ts'
import * as assessment from './assessment/errors.ts'
import * as gradebook from './gradebook/errors.ts'
import * as result from './result/errors.ts'
import * as resultChange from './result-change/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...category.errors,
  ...attendance.errors,
  ...assessment.errors,
  ...gradebook.errors,
  ...result.errors,
  ...resultChange.errors,
}
export const constraints = {
  ...category.constraints,
  ...attendance.constraints,
  ...assessment.constraints,
  ...result.constraints,
  ...resultChange.constraints,
}
