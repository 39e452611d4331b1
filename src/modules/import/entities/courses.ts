import { optional } from '../../../fields.ts'
import { Course, courseEntity, CourseInput } from '../../course/index.ts'
import { ProgramInput } from '../../program/index.ts'
import type { ImportEntity } from '../definition.ts'
import { program } from './references.ts'

export const courses: ImportEntity = {
  entity: courseEntity,
  row: Course,
  input: CourseInput.omit({ program_id: true }).extend({ program_code: optional(ProgramInput.shape.code) }),
  key: { columns: ['code'], fields: ['code'] },
  references: [program],
}
