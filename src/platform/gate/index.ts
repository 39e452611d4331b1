export { admit, admitSignIn, closeAccount, pingGate, reopenAccount, revokeSessions } from './admit.ts'
export { admitTry } from './admit-try.ts'
export { Gate } from './gate.ts'
