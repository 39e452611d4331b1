import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { hundredths, legacy, lifecycle, softDeletable, tenths } from '#/platform/database/columns.ts'
import { aggregations, categoryKinds, requirementKinds } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { type AttendanceRule, usualRule } from './schema.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: courseTable, live: course } = softDeletable('course', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  title: text().notNull(),
  title_el: text(),
  credits: tenths().notNull(),
  program_id: integer(),
  absence_penalty: hundredths().notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
  archived_at: text(),
  code_key: text(),
  ...legacy(),
  attendance_rule: text({ mode: 'json' }).$type<AttendanceRule>().notNull().default(usualRule),
}))

/** The categories that new sections of a course begin with, in order from position 0. */
export const evaluationRule = sqliteTable(
  'course_evaluation_rule',
  {
    course_id: integer().notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    name_el: text(),
    weight: hundredths().notNull(),
    aggregation: text({ enum: aggregations }).notNull(),
    drop_lowest: integer().notNull(),
    kind: text({ enum: categoryKinds }).notNull().default('assessments'),
    name_key: text(),
    /** What the categories that come of it are found by. */
    search_text: text().notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.course_id, table.position] })],
)

/** What a course asks for; groups are numbered from 0. */
export const courseRequirement = sqliteTable(
  'course_requirement',
  {
    course_id: integer().notNull(),
    kind: text({ enum: requirementKinds }).notNull(),
    group_number: integer().notNull(),
    required_course_id: integer().notNull(),
    minimum_percentage: hundredths(),
  },
  (table) => [primaryKey({ columns: [table.course_id, table.kind, table.group_number, table.required_course_id] })],
)

merging(courseTable, 'restored')
merging(evaluationRule, 'restored')
merging(courseRequirement, 'restored')

belonging(courseRequirement, {
  of: null,
  other: ['course_id', 'kind', 'group_number', 'required_course_id', 'minimum_percentage'],
})

belonging(courseTable, {
  of: null,
  other: [
    'id',
    'code',
    'title',
    'title_el',
    'credits',
    'program_id',
    'absence_penalty',
    'search_text',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'archived_at',
    'code_key',
    'legacy',
    'attendance_rule',
  ],
})

belonging(evaluationRule, {
  of: null,
  other: [
    'course_id',
    'position',
    'name',
    'name_el',
    'weight',
    'aggregation',
    'drop_lowest',
    'kind',
    'name_key',
    'search_text',
  ],
})
