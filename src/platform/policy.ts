import { access } from '#/access/policy.ts'
import { catalog } from '#/catalog/policy.ts'
import { enrolling } from '#/enrolling/policy.ts'
import { grading } from '#/grading/policy.ts'
import { paperwork } from '#/paperwork/policy.ts'
import type { Rule } from './policy-rules.ts'
import { students } from '#/people/policy.ts'
import { system } from '#/operations/policy.ts'
import type { Reach, Role } from './roles.ts'

/** One word is the permission of a route and the action in the audit log. It has its one line in the file of its area. */
export const policy = { ...system, ...access, ...catalog, ...students, ...enrolling, ...grading, ...paperwork }

export type Permission = keyof typeof policy

/** What `role` may reach with `permission`; undefined means it may not act at all. */
export const reachOf = (permission: Permission, role: Role): Reach | undefined => (policy[permission] as Rule)[role]
