import { access } from './policy/access.ts'
import { catalog } from './policy/catalog.ts'
import { enrolling } from './policy/enrolling.ts'
import { grading } from './policy/grading.ts'
import { paperwork } from './policy/paperwork.ts'
import type { Rule } from './policy/rules.ts'
import { students } from './policy/students.ts'
import { system } from './policy/system.ts'
import type { Reach, Role } from './roles.ts'

/** One word is the permission of a route and the action in the audit log. It has its one line in the file of its area. */
export const policy = { ...system, ...access, ...catalog, ...students, ...enrolling, ...grading, ...paperwork }

export type Permission = keyof typeof policy

/** What `role` may reach with `permission`; undefined means it may not act at all. */
export const reachOf = (permission: Permission, role: Role): Reach | undefined => (policy[permission] as Rule)[role]
