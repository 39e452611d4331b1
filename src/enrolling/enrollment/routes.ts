import * as z from 'zod'
import { BulkOptions, BulkReport } from '#/platform/bulk.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { nothing } from '#/platform/http/format.ts'
import { deleteEnrollment, restoreEnrollment } from './delete-enrollment.ts'
import { checkEnrollment, enrollStudent } from './enroll-student.ts'
import { enrollPairs, enrollStudents } from './enroll-students.ts'
import { bulkCodes, changeCodes, endingCodes, errors, restoreCodes } from './errors.ts'
import { enrollmentList, readEnrollment } from './queries.ts'
import { transferEnrollment } from './transfer-enrollment.ts'
import { readTransfer } from './transfer-work.ts'
import {
  BulkEnrollInput,
  BulkPairsInput,
  EnrollInput,
  Enrollment,
  EnrollmentCheck,
  EnrollmentInput,
  Transfer,
  TransferInput,
  TransferOptions,
} from './schema.ts'
import { enrollmentRefusalCodes, errors as seatErrors } from '#/enrolling/seat/errors.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { sectionThere, studentThere } from '#/enrolling/seat/index.ts'
import { errors as turnstileErrors } from '#/enrolling/turnstile/errors.ts'
import { studentErrors } from '#/people/student/index.ts'

const params = z.object({ id: pathId })
/** Operations that answer a new seat. */
const seat = { status: 201, returns: Enrollment, reread: readEnrollment } as const

export const enrollmentEndpoints = [
  endpoint({
    id: 'enrollStudent',
    method: 'post',
    path: '/sections/:id/enroll',
    summary: 'Enroll a student in a section',
    description: 'Every reason for a refusal is listed in `details.reasons`; the first one is the error code.',
    permission: 'enrollment.create',
    params,
    body: EnrollInput,
    rules: [studentThere],
    ...seat,
    turnstile: true,
    errors: [...enrollmentRefusalCodes, turnstileErrors.TURNSTILE_WAIT],
  }).handle(({ ctx, params: { id }, body }) => enrollStudent(ctx, { section_id: id, ...body })),

  endpoint({
    id: 'checkEnrollment',
    method: 'post',
    path: '/sections/:id/enroll/check',
    summary: 'Whether a student could be enrolled, and everything against it; writes nothing',
    permission: 'enrollment.check',
    limit: 'read',
    params,
    body: EnrollInput,
    rules: [studentThere],
    returns: EnrollmentCheck,
    errors: [sectionErrors.SECTION_NOT_FOUND, studentErrors.STUDENT_NOT_FOUND, seatErrors.ALREADY_ENROLLED],
  }).handle(({ ctx, params: { id }, body }) => checkEnrollment(ctx, { section_id: id, ...body })),

  endpoint({
    id: 'enrollStudents',
    method: 'post',
    path: '/sections/:id/enroll/bulk',
    summary: 'Enroll many students, in the order given',
    description: 'Those who cannot be are reported by index; with `atomic=true` nobody is enrolled unless all can be.',
    permission: 'enrollment.bulk',
    params,
    query: BulkOptions,
    body: BulkEnrollInput,
    returns: BulkReport,
    errors: bulkCodes,
  }).handle(({ ctx, params: { id }, query, body }) => enrollStudents(ctx, { section_id: id, ...query, ...body })),

  endpoint({
    id: 'transferEnrollment',
    method: 'post',
    path: '/enrollments/:id/transfer',
    summary: 'Move a student to another section of the same course and term, with their work',
    description:
      'Scores go to the assessment of the same category, type, title and maximum, attendance by date and period: all that the student has in the course and term. The originals stay; the old seat reads `transferred`.',
    permission: 'enrollment.transfer',
    params,
    query: TransferOptions,
    body: TransferInput,
    rules: [sectionThere],
    status: 201,
    isRehearsed: ({ dry_run }) => dry_run,
    returns: Transfer,
    reread: readTransfer,
    turnstile: true,
    errors: [...enrollmentRefusalCodes, ...endingCodes, errors.TRANSFER_OTHER_COURSE, turnstileErrors.TURNSTILE_WAIT],
  }).handle(({ ctx, params: { id }, query, body }) => transferEnrollment(ctx, id, { ...query, ...body })),

  endpoint({
    id: 'createEnrollment',
    method: 'post',
    path: '/enrollments',
    summary: 'Enroll a student, naming the section in the body',
    permission: 'enrollment.create',
    body: EnrollmentInput,
    rules: [sectionThere, studentThere],
    ...seat,
    turnstile: true,
    errors: [...enrollmentRefusalCodes, turnstileErrors.TURNSTILE_WAIT],
  }).handle(({ ctx, body }) => enrollStudent(ctx, body)),

  endpoint({
    id: 'enrollPairs',
    method: 'post',
    path: '/enrollments/bulk',
    summary: 'Enroll pairs of students and sections, such as a basket of courses',
    description: 'Items see each other: corequisites in the same request count, and so do their hours and credits.',
    permission: 'enrollment.create',
    query: BulkOptions,
    body: BulkPairsInput,
    returns: BulkReport,
    turnstile: true,
    errors: [...bulkCodes, turnstileErrors.TURNSTILE_WAIT],
  }).handle(({ ctx, query, body }) => enrollPairs(ctx, { ...query, ...body })),

  endpoint({
    id: 'listEnrollments',
    method: 'get',
    path: '/enrollments',
    summary: 'List enrollments',
    permission: 'enrollment.read',
    query: enrollmentList.query,
    returns: pageOf(Enrollment),
  }).handle(({ ctx, query }) => enrollmentList.page(ctx, query)),

  endpoint({
    id: 'getEnrollment',
    method: 'get',
    path: '/enrollments/:id',
    summary: 'Read an enrollment',
    permission: 'enrollment.read',
    params,
    returns: Enrollment,
    errors: [seatErrors.ENROLLMENT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => readEnrollment(ctx, id)),

  endpoint({
    id: 'deleteEnrollment',
    method: 'delete',
    path: '/enrollments/:id',
    summary: 'Delete an enrollment that should never have been; it can be restored',
    permission: 'enrollment.delete',
    params,
    returns: nothing,
    errors: [...changeCodes, errors.ENROLLMENT_GRADED],
  }).handle(({ ctx, params: { id } }) => deleteEnrollment(ctx, id)),

  endpoint({
    id: 'restoreEnrollment',
    method: 'post',
    path: '/enrollments/:id/restore',
    summary: 'Bring a deleted enrollment back, with its seat',
    permission: 'enrollment.restore',
    params,
    returns: Enrollment,
    errors: restoreCodes,
    reread: readEnrollment,
  }).handle(({ ctx, params: { id } }) => restoreEnrollment(ctx, id)),
]
