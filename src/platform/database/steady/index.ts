export { steady } from './steady-session.ts'
export { isUnreachable } from './unreachable.ts'
