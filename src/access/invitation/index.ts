export { forgetOldInvitations } from './forget-old-invitations.ts'
export { mailInvitation } from './mail-invitation.ts'
