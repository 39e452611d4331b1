export { mailInvitation } from './mail-invitation.ts'
export { mailReset } from './mail-reset.ts'
export { forgetOldTokens } from './forget-old-tokens.ts'
