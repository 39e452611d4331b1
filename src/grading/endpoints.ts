import type { Chapters } from '#/platform/http/endpoint.ts'
import { assessmentEndpoints } from './assessment/routes.ts'
import { attendanceEndpoints } from './attendance/routes.ts'
import { categoryEndpoints } from './category/routes.ts'
import { gradebookEndpoints } from './gradebook/routes.ts'
import { registrationAuditEndpoints } from './registration-audit/routes.ts'
import { resultEndpoints } from './result/routes.ts'
import { resultChangeEndpoints } from './result-change/routes.ts'

export const endpoints: Chapters = {
  Enrollment: registrationAuditEndpoints,
  'Assessment categories': categoryEndpoints,
  Attendance: attendanceEndpoints,
  Assessments: assessmentEndpoints,
  Gradebook: gradebookEndpoints,
  Results: [...resultChangeEndpoints, ...resultEndpoints],
}
