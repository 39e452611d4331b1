import { messageTypes } from './consumers.ts'
import type { Endpoint } from './http/endpoint.ts'
import { applicationEndpoints } from './modules/application/routes.ts'
import { listsOf } from './http/lists.ts'
import { assessmentEndpoints } from './modules/assessment/routes.ts'
import { attendanceEndpoints } from './modules/attendance/routes.ts'
import { auditEndpoints } from './modules/audit/routes.ts'
import { backupEndpoints } from './modules/backup/routes.ts'
import { categoryEndpoints } from './modules/category/routes.ts'
import { courseEndpoints } from './modules/course/routes.ts'
import { deadLetterEndpoints } from './modules/dead-letter/routes.ts'
import { enrollmentEndpoints } from './modules/enrollment/routes.ts'
import { exportEndpoints } from './modules/export/routes.ts'
import { gradebookEndpoints } from './modules/gradebook/routes.ts'
import { holdEndpoints } from './modules/hold/routes.ts'
import { jobEndpoints } from './modules/job/routes.ts'
import { identityEndpoints } from './modules/identity/routes.ts'
import { sessionEndpoints } from './modules/identity/session-routes.ts'
import { userEndpoints } from './modules/identity/user-routes.ts'
import { mailedTokenEndpoints } from './modules/mailed-token/routes.ts'
import { metricsEndpoints } from './modules/metrics/routes.ts'
import { mfaEndpoints } from './modules/mfa/routes.ts'
import { overrideEndpoints } from './modules/override/routes.ts'
import { preferenceEndpoints } from './modules/preference/routes.ts'
import { importEndpoints } from './modules/import/routes.ts'
import { programEndpoints } from './modules/program/routes.ts'
import { recordEndpoints } from './modules/record/routes.ts'
import { registrationAuditEndpoints } from './modules/registration-audit/routes.ts'
import { resultChangeEndpoints } from './modules/result-change/routes.ts'
import { requestEndpoints } from './modules/request/routes.ts'
import { resultEndpoints } from './modules/result/routes.ts'
import { savedFilterEndpoints } from './modules/saved-filter/routes.ts'
import { schemeEndpoints } from './modules/scheme/routes.ts'
import { searchEndpoints } from './modules/search/routes.ts'
import { sectionEndpoints } from './modules/section/routes.ts'
import { studentEndpoints } from './modules/student/routes.ts'
import { studentNoteEndpoints } from './modules/student-note/routes.ts'
import { systemEndpoints } from './modules/system/routes.ts'
import { termEndpoints } from './modules/term/routes.ts'
import { transcriptEndpoints } from './modules/transcript/routes.ts'
import { waitlistEndpoints } from './modules/waitlist/routes.ts'
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
