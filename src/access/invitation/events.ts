import { event } from '#/platform/events/event.ts'

/** Somebody was invited to an account. */
export const invited = event('invitation.created', {}, 'invitation_id')
