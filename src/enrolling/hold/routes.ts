import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { daysOrdered, placeHold } from './place-hold.ts'
import { findHolds } from './queries.ts'
import { releaseHold } from './release-hold.ts'
import { Hold, HoldInput } from './schema.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const holdEndpoints = [
  wholeList({
    id: 'getHolds',
    path: '/students/:id/holds',
    summary: 'The holds of a student, newest first, released ones too',
    permission: 'hold.read',
    params,
    row: Hold,
    errors: [studentErrors.STUDENT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findHolds(ctx, id)),

  endpoint({
    id: 'placeHold',
    method: 'post',
    path: '/students/:id/holds',
    summary: 'Block a student from enrolling, from transcripts or from graduating',
    permission: 'hold.create',
    params,
    body: HoldInput,
    rules: [daysOrdered],
    status: 201,
    returns: Hold,
    errors: [studentErrors.STUDENT_NOT_FOUND, errors.HOLD_DAYS_INVALID],
  }).handle(({ ctx, params: { id }, body }) => placeHold(ctx, id, body)),

  endpoint({
    id: 'releaseHold',
    method: 'post',
    path: '/holds/:id/release',
    summary: 'Lift a hold; it stays on record',
    permission: 'hold.release',
    params,
    returns: Hold,
    errors: [
      errors.HOLD_NOT_FOUND,
      errors.HOLD_ALREADY_RELEASED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id } }) => releaseHold(ctx, id)),
]
