import { events as access } from '#/access/messages.ts'
import { mailConfirmation } from '#/access/email-confirmation/index.ts'
import { mailInvitation } from '#/access/invitation/index.ts'
import { mailReset } from '#/access/password-reset/index.ts'
import { events as catalog } from '#/catalog/messages.ts'
import { endSeatsOfLeaver, refuseOpenSeats } from '#/enrolling/departure/index.ts'
import { updatedSections } from '#/enrolling/section/index.ts'
import { mindTermDates } from '#/enrolling/timetable/index.ts'
import { events as enrolling } from '#/enrolling/messages.ts'
import { promotion } from '#/enrolling/waitlist/index.ts'
import { events as grading } from '#/grading/messages.ts'
import { tellStudent } from '#/grading/result-change/index.ts'
import { events as paperwork } from '#/paperwork/messages.ts'
import { mailLink } from '#/paperwork/transcript-link/index.ts'
import { events as people } from '#/people/messages.ts'
import { after, inWrite, type Subscription } from '#/platform/events/subscriptions.ts'
import { mailing } from '#/platform/mail/mailing.ts'

/** Who listens to which event: in the same write, or after it by a message. */
export const subscribers: readonly Subscription[] = [
  inWrite(people.studentLeft, endSeatsOfLeaver),
  inWrite(people.studentGraduated, refuseOpenSeats),
  inWrite(catalog.courseChanged, updatedSections),
  inWrite(catalog.termMoved, mindTermDates),
  inWrite(enrolling.seatFreed, promotion),
  inWrite(enrolling.seatsAdded, promotion),
  after(
    access.confirmationRequested,
    'email-confirmation.mail',
    mailing('email_confirmation.request', (ctx, { confirmation_id }) => mailConfirmation(ctx, confirmation_id)),
  ),
  after(
    access.resetRequested,
    'password-reset.mail',
    mailing('password_reset.request', (ctx, { reset_id }) => mailReset(ctx, reset_id)),
  ),
  after(
    access.invited,
    'invitation.mail',
    mailing('invitation.create', (ctx, { invitation_id }) => mailInvitation(ctx, invitation_id)),
  ),
  after(
    grading.changeApproved,
    'result-changed.mail',
    mailing('result.approve', (ctx, { change_id }) => tellStudent(ctx, change_id)),
  ),
  after(
    paperwork.transcriptAwaited,
    'transcript-ready.mail',
    mailing('transcript.issue', (ctx, { job_id }) => mailLink(ctx, job_id)),
  ),
]
