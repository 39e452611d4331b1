export const roles = ['admin', 'registrar', 'faculty', 'student', 'anonymous'] as const
export type Role = (typeof roles)[number]

/** How far a permission goes: every row, or only the caller's (a SQL predicate). */
export type Reach = 'any' | 'own'

/** How a request counts against the rate limits of its account or IP address. */
export type LimitClass = 'auth' | 'read' | 'write' | 'heavy' | 'chat' | 'public'
