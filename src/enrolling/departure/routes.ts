import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { endingCodes, errors as enrollmentErrors } from '#/enrolling/enrollment/errors.ts'
import { Enrollment, EnrollmentChanges, EnrollmentReplacement, WithdrawInput } from '#/enrolling/enrollment/schema.ts'
import { enrollmentEntity, readEnrollment } from '#/enrolling/enrollment/index.ts'
import { changeEnrollment, changeRules } from './change-enrollment.ts'
import { dropEnrollment } from './drop-enrollment.ts'
import { errors } from './errors.ts'
import { withdrawEnrollment } from './withdraw-enrollment.ts'

const params = z.object({ id: pathId })

export const departureEndpoints = [
  endpoint({
    id: 'dropEnrollment',
    method: 'post',
    path: '/enrollments/:id/drop',
    summary: 'Give a seat back before the drop deadline',
    permission: 'enrollment.drop',
    params,
    returns: Enrollment,
    errors: [...endingCodes, errors.DROP_DEADLINE_PASSED],
  }).handle(({ ctx, params: { id } }) => dropEnrollment(ctx, id)),

  endpoint({
    id: 'withdrawEnrollment',
    method: 'post',
    path: '/enrollments/:id/withdraw',
    summary: 'Give a seat back after the drop deadline; the result is a W',
    description: 'Until the withdraw deadline; the registry also later, with a reason.',
    permission: 'enrollment.withdraw',
    params,
    body: WithdrawInput,
    bodyOptional: true,
    returns: Enrollment,
    errors: [...endingCodes, errors.DROP_INSTEAD, errors.WITHDRAW_DEADLINE_PASSED],
  }).handle(({ ctx, params: { id }, body }) => withdrawEnrollment(ctx, id, body.reason)),

  ...(['patch', 'put'] as const).map((method) =>
    endpoint({
      id: method === 'patch' ? 'updateEnrollment' : 'replaceEnrollment',
      method,
      path: '/enrollments/:id',
      summary:
        'End an enrollment, by the same rules as dropping and withdrawing, or say when the student was in the section',
      description: 'Attendance outside of these days is refused; what is recorded already stays, and is not counted.',
      permission: 'enrollment.update',
      params,
      rowOf: enrollmentEntity,
      rules: changeRules,
      body: method === 'patch' ? EnrollmentChanges : EnrollmentReplacement,
      changes: { row: Enrollment, read: (ctx, { id }) => readEnrollment(ctx, id) },
      returns: Enrollment,
      errors: [
        ...endingCodes,
        enrollmentErrors.MEMBERSHIP_ENDS_BEFORE_START,
        errors.DROP_DEADLINE_PASSED,
        errors.DROP_INSTEAD,
        errors.WITHDRAW_DEADLINE_PASSED,
      ],
    }).handle(({ ctx, params: { id }, body }) => changeEnrollment(ctx, id, body)),
  ),
]
