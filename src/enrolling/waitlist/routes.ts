import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { nothing } from '#/platform/http/format.ts'
import { joinWaitlist, readEntry } from './join-waitlist.ts'
import { leaveWaitlist } from './leave-waitlist.ts'
import { pageOfWaitlist, waitlistList } from './queries.ts'
import { WaitlistEntry, WaitlistInput } from './schema.ts'
import { studentThere } from '#/enrolling/seat/index.ts'
import { errors as seatErrors } from '#/enrolling/seat/errors.ts'
import { errors as holdErrors } from '#/enrolling/hold/errors.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { errors } from './errors.ts'
import { errors as turnstileErrors } from '#/enrolling/turnstile/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const waitlistEndpoints = [
  endpoint({
    id: 'listWaitlist',
    method: 'get',
    path: '/sections/:id/waitlist',
    summary: 'Who waits for a seat in a section, the first in front',
    permission: 'waitlist.read',
    params,
    query: waitlistList.query,
    returns: pageOf(WaitlistEntry),
    errors: [sectionErrors.SECTION_NOT_FOUND],
  }).handle(({ ctx, params: { id }, query }) => pageOfWaitlist(ctx, id, query)),

  endpoint({
    id: 'joinWaitlist',
    method: 'post',
    path: '/sections/:id/waitlist',
    summary: 'Wait for a seat in a full section',
    description:
      'Nothing but the missing seat may stand in the way. A seat that becomes free goes to the first who may have it then, in the same write; with `swap` that is a transfer. Any other seat of the course ends the waiting.',
    permission: 'waitlist.join',
    params,
    body: WaitlistInput,
    turnstile: true,
    rules: [studentThere],
    status: 201,
    returns: WaitlistEntry,
    errors: [
      sectionErrors.SECTION_NOT_FOUND,
      studentErrors.STUDENT_NOT_FOUND,
      seatErrors.ALREADY_ENROLLED,
      errors.ALREADY_WAITING,
      seatErrors.COURSE_ALREADY_TAKEN,
      seatErrors.RESULT_ALREADY_OFFICIAL,
      seatErrors.TERM_CLOSED,
      seatErrors.ENROLLMENT_WINDOW_CLOSED,
      seatErrors.SECTION_FULL,
      holdErrors.HOLD,
      seatErrors.PREREQUISITE_NOT_MET,
      seatErrors.COREQUISITE_MISSING,
      seatErrors.SCHEDULE_CONFLICT,
      seatErrors.CREDIT_LIMIT,
      seatErrors.STUDENT_NOT_ACTIVE,
      errors.WAITLIST_NOT_NEEDED,
      errors.WAITLIST_CLOSED,
      errors.WAITLIST_FULL,
      turnstileErrors.TURNSTILE_WAIT,
      sharedErrors.STALE_STATE,
    ],
    reread: readEntry,
  }).handle(({ ctx, params: { id }, body }) => joinWaitlist(ctx, { section_id: id, ...body })),

  endpoint({
    id: 'leaveWaitlist',
    method: 'delete',
    path: '/waitlist/:id',
    summary: 'Give up a place in a waitlist; joining again is at the end',
    permission: 'waitlist.leave',
    params,
    returns: nothing,
    errors: [errors.WAITLIST_ENTRY_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, params: { id } }) => leaveWaitlist(ctx, id)),
]
