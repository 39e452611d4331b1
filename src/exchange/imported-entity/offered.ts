import * as z from 'zod'
import { optional } from '#/platform/fields.ts'
import { Course, courseEntity, CourseInput } from '#/catalog/course/index.ts'
import { Program, programEntity, programErrors, ProgramInput } from '#/catalog/program/index.ts'
import type { ImportEntity } from './definition.ts'
import { program, unknownScheme, zerosLost } from './references.ts'

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

export const programs: ImportEntity = {
  entity: programEntity,
  row: Program,
  input: ProgramInput,
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'program', 'code') },
  checks: [
    {
      error: programErrors.PROGRAM_SCHEME_NOT_FOUND,
      field: 'grading_scheme',
      fields: ['grading_scheme'],
      when: unknownScheme('program'),
    },
  ],
}
