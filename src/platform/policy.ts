import type { Role } from './words.ts'

/** How far a permission goes: every row, or only the caller's (a SQL predicate). */
export type Reach = 'any' | 'own'

/** How far each role reaches; who is not named may not act at all. */
export type Rule = Partial<Record<Role, Reach>>

export const administration = { admin: 'any' } as const satisfies Rule
export const registry = { admin: 'any', registrar: 'any' } as const satisfies Rule
export const account = { admin: 'own', registrar: 'own', faculty: 'own', student: 'own' } as const satisfies Rule
export const members = { ...registry, faculty: 'any', student: 'any' } as const satisfies Rule
export const everyone = { ...members, anonymous: 'any' } as const satisfies Rule
export const teaching = { ...registry, faculty: 'own' } as const satisfies Rule
export const applying = { ...registry, student: 'own' } as const satisfies Rule
export const concerned = { ...teaching, student: 'own' } as const satisfies Rule

/** Every permission there is: the policy of each area adds its own. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface Permissions {}

/** One word is the permission of a route and the action in the audit log. It has its one line in the policy of its area. */
export type Permission = keyof Permissions

const rules = new Map<string, Rule>()

/** Declares who may do what in an area. A permission is declared once. */
export function permissionsOf<const Rules extends Record<string, Rule>>(declared: Rules): Rules {
  for (const [permission, rule] of Object.entries(declared)) {
    if (rules.has(permission)) throw new Error(`${permission} is declared twice`)
    rules.set(permission, rule)
  }
  return declared
}

/** The roles that may act with a permission. */
export const rolesWith = (permission: Permission): Role[] => Object.keys(rules.get(permission) ?? {}) as Role[]

/** What `role` may reach with `permission`; undefined means it may not act at all. */
export const reachOf = (permission: Permission, role: Role): Reach | undefined => rules.get(permission)?.[role]
