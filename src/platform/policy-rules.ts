import type { Reach, Role } from './roles.ts'

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
