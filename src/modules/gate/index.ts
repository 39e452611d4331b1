export { admit, admitSignIn, revokeSession } from './admit.ts'
export { Gate } from './gate.ts'
