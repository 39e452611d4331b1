import * as z from 'zod'
import { find } from '../../database/entity.ts'
import { BulkOptions, BulkReport } from '../../bulk.ts'
import { pathId } from '../../fields.ts'
import { endpoint } from '../../http/endpoint.ts'
import { pageOf } from '../../http/envelope.ts'
import { dropEnrollment } from './drop-enrollment.ts'
import { checkEnrollment, enrollStudent } from './enroll-student.ts'
import { enrollStudents } from './enroll-students.ts'
import { enrollmentEntity, enrollmentList } from './queries.ts'
import { transferEnrollment } from './transfer-enrollment.ts'
import { BulkEnrollInput, EnrollInput, Enrollment, EnrollmentCheck, EnrollmentInput, TransferInput } from './schema.ts'

const params = z.object({ id: pathId })
const refusals = [
  'SECTION_NOT_FOUND',
  'STUDENT_NOT_FOUND',
  'ALREADY_ENROLLED',
  'TERM_CLOSED',
  'ENROLLMENT_WINDOW_CLOSED',
  'SECTION_FULL',
  'HOLD',
  'PREREQUISITE_NOT_MET',
  'COREQUISITE_MISSING',
  'SCHEDULE_CONFLICT',
  'STUDENT_NOT_ACTIVE',
] as const

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
    status: 201,
    returns: Enrollment,
    errors: refusals,
    reread: (ctx, id) => find(ctx, enrollmentEntity, id),
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
    returns: EnrollmentCheck,
    errors: ['SECTION_NOT_FOUND', 'STUDENT_NOT_FOUND', 'ALREADY_ENROLLED'],
  }).handle(({ ctx, params: { id }, body }) => checkEnrollment(ctx, { section_id: id, ...body })),

  endpoint({
    id: 'enrollStudents',
    method: 'post',
    path: '/sections/:id/enroll/bulk',
    summary: 'Enroll many students, in the order given',
    description:
      'Those who cannot be enrolled are reported by index; with `atomic=true` nobody is enrolled unless all can be.',
    permission: 'enrollment.bulk',
    params,
    query: BulkOptions,
    body: BulkEnrollInput,
    returns: BulkReport,
    errors: ['SECTION_NOT_FOUND', 'SECTION_FULL', 'ALREADY_ENROLLED', 'TERM_CLOSED', 'STUDENT_NOT_FOUND'],
  }).handle(({ ctx, params: { id }, query, body }) => enrollStudents(ctx, { section_id: id, ...query, ...body })),

  endpoint({
    id: 'transferEnrollment',
    method: 'post',
    path: '/enrollments/:id/transfer',
    summary: 'Move a student to another section of the same course and term',
    permission: 'enrollment.transfer',
    params,
    body: TransferInput,
    status: 201,
    returns: Enrollment,
    errors: [
      ...refusals,
      'ENROLLMENT_NOT_FOUND',
      'ENROLLMENT_ENDED',
      'TRANSFER_OTHER_COURSE',
      'STALE_STATE',
      'PRECONDITION_FAILED',
    ],
    reread: (ctx, id) => find(ctx, enrollmentEntity, id),
  }).handle(({ ctx, params: { id }, body }) => transferEnrollment(ctx, id, body.section_id)),

  endpoint({
    id: 'createEnrollment',
    method: 'post',
    path: '/enrollments',
    summary: 'Enroll a student, naming the section in the body',
    permission: 'enrollment.create',
    body: EnrollmentInput,
    status: 201,
    returns: Enrollment,
    errors: refusals,
    reread: (ctx, id) => find(ctx, enrollmentEntity, id),
  }).handle(({ ctx, body }) => enrollStudent(ctx, body)),

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
    errors: ['ENROLLMENT_NOT_FOUND'],
  }).handle(({ ctx, params: { id } }) => find(ctx, enrollmentEntity, id)),

  endpoint({
    id: 'dropEnrollment',
    method: 'post',
    path: '/enrollments/:id/drop',
    summary: 'Give a seat back before the drop deadline',
    permission: 'enrollment.drop',
    params,
    returns: Enrollment,
    errors: ['ENROLLMENT_NOT_FOUND', 'ENROLLMENT_ENDED', 'DROP_DEADLINE_PASSED', 'STALE_STATE', 'PRECONDITION_FAILED'],
  }).handle(({ ctx, params: { id } }) => dropEnrollment(ctx, id)),
]
