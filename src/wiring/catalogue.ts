import * as access from '#/access/errors.ts'
import * as catalog from '#/catalog/errors.ts'
import * as people from '#/people/errors.ts'
import * as admission from '#/admission/errors.ts'
import * as enrolling from '#/enrolling/errors.ts'
import * as grading from '#/grading/errors.ts'
import * as paperwork from '#/paperwork/errors.ts'
import * as exchange from '#/exchange/errors.ts'
import * as operations from '#/operations/errors.ts'
import type { Constraints, DeclaredError } from '#/platform/errors.ts'
import { sharedConstraints, sharedErrors } from '#/platform/shared-errors.ts'

/** Every error there is, by its code, in the order of docs/errors.md. */
export const catalogue: Readonly<Record<string, DeclaredError>> = {
  ...sharedErrors,
  ...access.errors,
  ...catalog.errors,
  ...people.errors,
  ...admission.errors,
  ...enrolling.errors,
  ...grading.errors,
  ...paperwork.errors,
  ...exchange.errors,
  ...operations.errors,
}

/** What each constraint of the database means to a caller. */
export const constraints: Constraints = {
  ...sharedConstraints,
  ...access.constraints,
  ...catalog.constraints,
  ...people.constraints,
  ...admission.constraints,
  ...enrolling.constraints,
  ...grading.constraints,
  ...paperwork.constraints,
  ...exchange.constraints,
  ...operations.constraints,
}
