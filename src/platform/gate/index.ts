export { admit, admitSignIn, closeAccount, reopenAccount, revokeSessions } from './admit.ts'
export { Gate } from './gate.ts'
