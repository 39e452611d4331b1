export { admit, admitSignIn, closeAccount, pingGate, reopenAccount, revokeSessions } from './admit.ts'
export { Gate } from './gate.ts'
