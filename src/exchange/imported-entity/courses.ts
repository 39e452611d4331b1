import { optional } from '#/platform/fields.ts'
import { Course, courseEntity, CourseInput } from '#/catalog/course/index.ts'
import { ProgramInput } from '#/catalog/program/index.ts'
import type { ImportEntity } from './definition.ts'
import { program, zerosLost } from './references.ts'

export const courses: ImportEntity = {
  entity: courseEntity,
  row: Course,
  input: CourseInput.omit({ program_id: true }).extend({ program_code: optional(ProgramInput.shape.code) }),
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'course', 'code') },
  references: [program],
}
