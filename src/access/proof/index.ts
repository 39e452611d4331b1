export { countingSignIn, countingMail, countRefresh, countUnknown, forgetFailures, unlock } from './budgets.ts'
export { deviceToken } from './device.ts'
export { proveCode, proveFirstCode, provePassword, provePasswordAndCode, proveToken, refuseProof } from './secrets.ts'
