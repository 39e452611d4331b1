export { admit, admitSignIn, revokeSessions } from './admit.ts'
export { Gate } from './gate.ts'
