import { policy as operations } from '#/operations/policy.ts'
import { policy as access } from '#/access/policy.ts'
import { policy as catalog } from '#/catalog/policy.ts'
import { policy as people } from '#/people/policy.ts'
import { policy as admission } from '#/admission/policy.ts'
import { policy as enrolling } from '#/enrolling/policy.ts'
import { policy as grading } from '#/grading/policy.ts'
import { policy as paperwork } from '#/paperwork/policy.ts'
import { policy as exchange } from '#/exchange/policy.ts'
import type { Permission, Rule } from '#/platform/policy.ts'

/** Who may do what, in the order of docs/policy.md. */
export const policy: Readonly<Record<Permission, Rule>> = {
  ...operations,
  ...access,
  ...catalog,
  ...people,
  ...admission,
  ...enrolling,
  ...grading,
  ...paperwork,
  ...exchange,
}
