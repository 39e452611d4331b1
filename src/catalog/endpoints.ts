import type { Chapters } from '#/platform/http/endpoint.ts'
import { courseEndpoints } from './course/routes.ts'
import { programEndpoints } from './program/routes.ts'
import { schemeEndpoints } from './scheme/routes.ts'
import { termEndpoints } from './term/routes.ts'

export const endpoints: Chapters = {
  'Grading schemes': schemeEndpoints,
  Programs: programEndpoints,
  Courses: courseEndpoints,
  Terms: termEndpoints,
}
