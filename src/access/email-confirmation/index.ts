export { forgetOldConfirmations } from './forget-old-confirmations.ts'
export { mailConfirmation } from './mail-confirmation.ts'
export { startingConfirmation } from './start-confirmation.ts'
