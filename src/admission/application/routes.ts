import * as z from 'zod'
import { identityErrors } from '#/access/identity/index.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { matriculate } from './matriculate.ts'
import { applicationEntity, applicationList, findApplication } from './queries.ts'
import { Application, ApplicationChanges, ApplicationDecision, ApplicationInput } from './schema.ts'
import { decideApplication, reviewApplication, submitApplication, withdrawApplication } from './take-step.ts'
import { createApplication, deleteApplication, updateApplication } from './write-application.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const stepErrors = [
  errors.APPLICATION_NOT_FOUND,
  errors.APPLICATION_TRANSITION_REFUSED,
  sharedErrors.STALE_STATE,
  sharedErrors.PRECONDITION_FAILED,
] as const

/** What every step of an application has in common. A refusal lists the allowed next states in `details.allowed`. */
const step = {
  method: 'post',
  params: z.object({ id: pathId }),
  returns: Application,
  errors: stepErrors,
  reread: findApplication,
} as const

const decision = { ...step, body: ApplicationDecision, bodyOptional: true } as const

export const applicationEndpoints = [
  ...resource({
    noun: 'application',
    names: ['Application', 'Applications'],
    path: '/applications',
    entity: applicationEntity,
    list: applicationList,
    row: Application,
    input: ApplicationInput,
    changes: ApplicationChanges,
    errors: {
      write: [
        errors.APPLICATION_EXISTS,
        errors.APPLICATION_ACCOUNT_REQUIRED,
        errors.APPLICATION_ACCOUNT_NOT_FOUND,
        errors.APPLICATION_ACCOUNT_FIXED,
        errors.APPLICATION_PROGRAM_NOT_FOUND,
        studentErrors.PROGRAM_ARCHIVED,
        studentErrors.NAME_MISSING,
        studentErrors.BIRTH_DATE_UNLIKELY,
        errors.APPLICATION_TERM_NOT_FOUND,
        errors.APPLICATION_NOT_DRAFT,
      ],
      delete: [errors.APPLICATION_NOT_DRAFT],
    },
    create: createApplication,
    update: updateApplication,
    remove: deleteApplication,
  }),

  endpoint({
    ...step,
    id: 'submitApplication',
    path: '/applications/:id/submit',
    summary: 'Hand a draft in; from then on it stays as it is',
    permission: 'application.submit',
  }).handle(({ ctx, params: { id } }) => submitApplication(ctx, id)),

  endpoint({
    ...step,
    id: 'reviewApplication',
    path: '/applications/:id/review',
    summary: 'Take a submitted application under review',
    permission: 'application.review',
  }).handle(({ ctx, params: { id } }) => reviewApplication(ctx, id)),

  endpoint({
    ...decision,
    id: 'acceptApplication',
    path: '/applications/:id/accept',
    summary: 'Offer a place, from review or from the waitlist',
    permission: 'application.accept',
  }).handle(({ ctx, params: { id }, body }) => decideApplication(ctx, id, 'accepted', body.note)),

  endpoint({
    ...decision,
    id: 'rejectApplication',
    path: '/applications/:id/reject',
    summary: 'Reject an application, from review or from the waitlist',
    permission: 'application.reject',
  }).handle(({ ctx, params: { id }, body }) => decideApplication(ctx, id, 'rejected', body.note)),

  endpoint({
    ...decision,
    id: 'waitlistApplication',
    path: '/applications/:id/waitlist',
    summary: 'Keep an application under review waiting for a place',
    permission: 'application.waitlist',
  }).handle(({ ctx, params: { id }, body }) => decideApplication(ctx, id, 'waitlisted', body.note)),

  endpoint({
    ...step,
    id: 'withdrawApplication',
    path: '/applications/:id/withdraw',
    summary: 'Take an application back that is not final',
    permission: 'application.withdraw',
  }).handle(({ ctx, params: { id } }) => withdrawApplication(ctx, id)),

  endpoint({
    ...step,
    id: 'matriculateApplicant',
    path: '/applications/:id/matriculate',
    summary: 'Make an accepted applicant a student, with the next number of the year',
    description:
      "Record, number `YYYY-NNNNN` (year in which the term begins), and the link of the account in one write. The account's sessions end; it sees its record from the next sign-in on.",
    permission: 'application.matriculate',
    errors: [
      ...stepErrors,
      errors.APPLICATION_ACCOUNT_NOT_FOUND,
      errors.APPLICANT_IS_STUDENT,
      identityErrors.EMAIL_UNPROVED,
      studentErrors.STUDENT_EMAIL_TAKEN,
      studentErrors.STUDENT_ARCHIVED,
      studentErrors.STUDENT_NUMBERS_USED_UP,
      studentErrors.BIRTH_DATE_UNLIKELY,
      studentErrors.PROGRAM_ARCHIVED,
    ],
  }).handle(({ ctx, params: { id } }) => matriculate(ctx, id)),
]
