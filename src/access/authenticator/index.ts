export { hashCode, newRecoveryCodes, type PresentedCode, spending, unusedCode } from './codes.ts'
export { authenticator, stepOfCode } from './one-time-code.ts'
export { secretBox } from './secret-box.ts'
export { recoveryCode } from './table.ts'
