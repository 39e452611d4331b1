export { forgetOldResets } from './forget-old-resets.ts'
export { mailReset } from './mail-reset.ts'
