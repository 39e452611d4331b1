import * as z from 'zod'
import { optional } from '#/platform/fields.ts'
import { Course, courseEntity, CourseInput } from '#/catalog/course/index.ts'
import { ProgramInput } from '#/catalog/program/index.ts'
import type { ImportEntity } from './definition.ts'
import { program, zerosLost } from './references.ts'

/** A cell holds the rule as an export writes it, in JSON. What is none is for the schema to refuse. */
function ruleOfCell(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell
  try {
    return JSON.parse(cell) as unknown
  } catch {
    return cell
  }
}

export const courses: ImportEntity = {
  entity: courseEntity,
  row: Course,
  input: CourseInput.omit({ program_id: true }).extend({
    program_code: optional(ProgramInput.shape.code),
    attendance_rule: z.preprocess(ruleOfCell, CourseInput.shape.attendance_rule),
  }),
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'course', 'code') },
  references: [program],
}
