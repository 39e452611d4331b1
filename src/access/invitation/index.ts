export { forgetOldInvitations } from './forget-old-invitations.ts'
export { invitee } from './queries.ts'
export { mailInvitation } from './mail-invitation.ts'
