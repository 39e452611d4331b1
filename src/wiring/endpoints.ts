import './policy.ts'
import { messageTypes } from './consumers.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { applicationEndpoints } from '#/admission/application/routes.ts'
import { listsOf } from '#/platform/http/lists.ts'
import { assessmentEndpoints } from '#/grading/assessment/routes.ts'
import { attendanceEndpoints } from '#/grading/attendance/routes.ts'
import { auditEndpoints } from '#/operations/audit-log/routes.ts'
import { backupEndpoints } from '#/operations/backup/routes.ts'
import { categoryEndpoints } from '#/grading/category/routes.ts'
import { courseEndpoints } from '#/catalog/course/routes.ts'
import { deadLetterEndpoints } from '#/operations/dead-letter/routes.ts'
import { enrollmentEndpoints } from '#/enrolling/enrollment/routes.ts'
import { exportEndpoints } from '#/exchange/export/routes.ts'
import { gradebookEndpoints } from '#/grading/gradebook/routes.ts'
import { holdEndpoints } from '#/enrolling/hold/routes.ts'
import { jobEndpoints } from '#/operations/job/routes.ts'
import { identityEndpoints } from '#/access/session/routes.ts'
import { sessionEndpoints } from '#/access/session/session-routes.ts'
import { userEndpoints } from '#/access/user/routes.ts'
import { mailedTokenEndpoints } from '#/access/mailed-token/routes.ts'
import { metricsEndpoints } from '#/operations/metrics/routes.ts'
import { mfaEndpoints } from '#/access/second-factor/routes.ts'
import { overrideEndpoints } from '#/enrolling/override/routes.ts'
import { preferenceEndpoints } from '#/access/preference/routes.ts'
import { importEndpoints } from '#/exchange/import/routes.ts'
import { programEndpoints } from '#/catalog/program/routes.ts'
import { recordEndpoints } from '#/paperwork/record/routes.ts'
import { registrationAuditEndpoints } from '#/grading/registration-audit/routes.ts'
import { resultChangeEndpoints } from '#/grading/result-change/routes.ts'
import { requestEndpoints } from '#/paperwork/request/routes.ts'
import { resultEndpoints } from '#/grading/result/routes.ts'
import { savedFilterEndpoints } from '#/exchange/saved-filter/routes.ts'
import { schemeEndpoints } from '#/catalog/scheme/routes.ts'
import { searchEndpoints } from '#/exchange/search/routes.ts'
import { sectionEndpoints } from '#/enrolling/section/routes.ts'
import { studentEndpoints } from '#/people/student/routes.ts'
import { studentNoteEndpoints } from '#/people/student-note/routes.ts'
import { systemEndpoints } from '#/operations/system/routes.ts'
import { termEndpoints } from '#/catalog/term/routes.ts'
import { transcriptEndpoints } from '#/paperwork/transcript/routes.ts'
import { waitlistEndpoints } from '#/enrolling/waitlist/routes.ts'
import { schedule } from './schedule.ts'

const records: Record<string, readonly Endpoint[]> = {
  System: [...systemEndpoints, ...metricsEndpoints],
  Identity: [...identityEndpoints, ...sessionEndpoints],
  // Invitations first: the router takes /users/invitations for /users/:id otherwise.
  Users: [...mailedTokenEndpoints, ...userEndpoints],
  'Second factor': mfaEndpoints,
  Preferences: preferenceEndpoints,
  'Grading schemes': schemeEndpoints,
  Programs: programEndpoints,
  Courses: courseEndpoints,
  Terms: termEndpoints,
  Sections: sectionEndpoints,
  Admission: applicationEndpoints,
  Students: [...studentEndpoints, ...recordEndpoints],
  'Student notes': studentNoteEndpoints,
  Holds: holdEndpoints,
  Overrides: overrideEndpoints,
  Enrollment: [...enrollmentEndpoints, ...registrationAuditEndpoints],
  Waitlists: waitlistEndpoints,
  'Assessment categories': categoryEndpoints,
  Attendance: attendanceEndpoints,
  Assessments: assessmentEndpoints,
  Gradebook: gradebookEndpoints,
  // Changes first: the router takes /results/changes for /results/:id otherwise.
  Results: [...resultChangeEndpoints, ...resultEndpoints],
  Transcripts: transcriptEndpoints,
  Requests: requestEndpoints,
  Imports: importEndpoints,
  Audit: auditEndpoints,
}
const lists = listsOf(Object.values(records).flat())

/** The API's table of contents, in the order of the reference. */
export const chapters: Record<string, readonly Endpoint[]> = {
  ...records,
  Search: searchEndpoints,
  'Saved filters': savedFilterEndpoints(lists),
  Exports: exportEndpoints(lists),
  Backups: backupEndpoints,
  Jobs: jobEndpoints(schedule),
  Queues: deadLetterEndpoints(messageTypes),
}

export const endpoints: readonly Endpoint[] = Object.values(chapters).flat()
