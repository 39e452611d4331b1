export {
  countingMail,
  countingSignIn,
  countRefresh,
  countRequest,
  countUnknown,
  forgetFailures,
  unlock,
  withinBudget,
} from './budgets.ts'
export { deviceToken } from './device.ts'
export {
  proveCode,
  proveFirstCode,
  provePassword,
  provePasswordAndCode,
  proveSignedToken,
  proveToken,
  refuseProof,
} from './secrets.ts'
