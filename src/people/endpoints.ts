import type { Chapters } from '#/platform/http/endpoint.ts'
import { studentEndpoints } from './student/routes.ts'
import { studentNoteEndpoints } from './student-note/routes.ts'

export const endpoints: Chapters = {
  Students: studentEndpoints,
  'Student notes': studentNoteEndpoints,
}
