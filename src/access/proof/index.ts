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
export { deviceToken, knowAlone } from './device.ts'
export {
  proveCode,
  proveFirstCode,
  proveKeeper,
  provePassword,
  provePasswordAndCode,
  proveSignedToken,
  proveToken,
  refuseProof,
} from './secrets.ts'
export { readingAhead } from './reading-ahead.ts'
