export { admit, revokeSession } from './admit.ts'
export { Gate } from './gate.ts'
