import type { Endpoint } from './http/endpoint.ts'
import { assessmentEndpoints } from './modules/assessment/routes.ts'
import { attendanceEndpoints } from './modules/attendance/routes.ts'
import { auditEndpoints } from './modules/audit/routes.ts'
import { categoryEndpoints } from './modules/category/routes.ts'
import { courseEndpoints } from './modules/course/routes.ts'
import { enrollmentEndpoints } from './modules/enrollment/routes.ts'
import { gradebookEndpoints } from './modules/gradebook/routes.ts'
import { holdEndpoints } from './modules/hold/routes.ts'
import { identityEndpoints } from './modules/identity/routes.ts'
import { importEndpoints } from './modules/import/routes.ts'
import { programEndpoints } from './modules/program/routes.ts'
import { resultChangeEndpoints } from './modules/result-change/routes.ts'
import { requestEndpoints } from './modules/request/routes.ts'
import { resultEndpoints } from './modules/result/routes.ts'
import { schemeEndpoints } from './modules/scheme/routes.ts'
import { sectionEndpoints } from './modules/section/routes.ts'
import { studentEndpoints } from './modules/student/routes.ts'
import { systemEndpoints } from './modules/system/routes.ts'
import { termEndpoints } from './modules/term/routes.ts'
import { transcriptEndpoints } from './modules/transcript/routes.ts'

/** The API's table of contents, in the order of the reference. */
export const chapters: Record<string, readonly Endpoint[]> = {
  System: systemEndpoints,
  Identity: identityEndpoints,
  'Grading schemes': schemeEndpoints,
  Programs: programEndpoints,
  Courses: courseEndpoints,
  Terms: termEndpoints,
  Sections: sectionEndpoints,
  Students: studentEndpoints,
  Holds: holdEndpoints,
  Enrollment: enrollmentEndpoints,
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

export const endpoints: readonly Endpoint[] = Object.values(chapters).flat()
