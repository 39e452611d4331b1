export type { GuardedTerm } from './ask-turnstile.ts'
export { requireAdmission } from './require-admission.ts'
export { Turnstile } from './turnstile.ts'
