import * as z from 'zod'
import { BulkOptions, BulkReport } from '#/platform/bulk.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { attendanceEntity, attendanceList, hourRules } from './queries.ts'
import { readEligibility, readSectionSummary } from './read-attendance.ts'
import { recordAttendance, updateAttendance } from './record-attendance.ts'
import {
  Attendance,
  AttendanceChanges,
  AttendanceEligibility,
  AttendanceInput,
  AttendancePercentage,
  AttendanceRoster,
  AttendanceSummary,
  OneSection,
  OneStudent,
  OneStudentThreshold,
} from './schema.ts'
import { takeAttendance } from './take-attendance.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { errors } from './errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const attendanceEndpoints = [
  endpoint({
    id: 'getAttendancePercentage',
    method: 'get',
    path: '/attendance/percentage',
    summary: 'How often a student was there, by the rule of the course',
    description: 'Students see their own.',
    permission: 'attendance.read',
    query: OneStudent,
    returns: AttendancePercentage,
    errors: [sectionErrors.SECTION_NOT_FOUND, studentErrors.STUDENT_NOT_FOUND, assessmentErrors.NOT_ENROLLED],
  }).handle(({ ctx, query }) => readEligibility(ctx, query)),

  endpoint({
    id: 'getAttendanceEligibility',
    method: 'get',
    path: '/attendance/eligibility',
    summary: 'Whether a student was there often enough',
    description: 'Students see their own. Exactly the threshold is enough.',
    permission: 'attendance.read',
    query: OneStudentThreshold,
    returns: AttendanceEligibility,
    errors: [sectionErrors.SECTION_NOT_FOUND, studentErrors.STUDENT_NOT_FOUND, assessmentErrors.NOT_ENROLLED],
  }).handle(({ ctx, query }) => readEligibility(ctx, query)),

  endpoint({
    id: 'getAttendanceSummary',
    method: 'get',
    path: '/attendance/section-summary',
    summary: 'Counts, percentage and eligibility of everybody in a section, and totals',
    permission: 'attendance.summarize',
    query: OneSection,
    returns: AttendanceSummary,
    errors: [sectionErrors.SECTION_NOT_FOUND],
  }).handle(({ ctx, query }) => readSectionSummary(ctx, query)),

  endpoint({
    id: 'takeAttendance',
    method: 'put',
    path: '/sections/:id/attendance',
    summary: 'Record a whole roster for one date and period in one transaction',
    description:
      'Items that do not fit are reported by index and left out; with `atomic=true` nothing is written unless all fit. Students who are not named keep their records.',
    permission: 'attendance.take',
    params: z.object({ id: pathId }),
    query: BulkOptions,
    body: AttendanceRoster,
    rules: hourRules('path'),
    bodyLimit: 1024 * 1024,
    returns: BulkReport,
    errors: [
      sectionErrors.SECTION_NOT_FOUND,
      assessmentErrors.NOT_ENROLLED,
      errors.ATTENDANCE_IN_FUTURE,
      errors.ATTENDANCE_OUTSIDE_TERM,
      errors.ATTENDANCE_OUTSIDE_MEMBERSHIP,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, params: { id }, query, body }) => takeAttendance(ctx, id, { ...query, ...body })),

  ...resource({
    noun: 'attendance',
    names: ['Attendance', 'Attendance'],
    path: '/attendance',
    entity: attendanceEntity,
    list: attendanceList,
    row: Attendance,
    input: AttendanceInput,
    changes: AttendanceChanges,
    errors: {
      write: [
        sectionErrors.SECTION_NOT_FOUND,
        assessmentErrors.NOT_ENROLLED,
        errors.ATTENDANCE_EXISTS,
        errors.ATTENDANCE_IN_FUTURE,
        errors.ATTENDANCE_OUTSIDE_TERM,
        errors.ATTENDANCE_OUTSIDE_MEMBERSHIP,
        errors.ATTENDANCE_FIXED,
        resultErrors.RESULT_OFFICIAL,
      ],
      delete: [resultErrors.RESULT_OFFICIAL],
    },
    create: recordAttendance,
    update: updateAttendance,
  }),
]
