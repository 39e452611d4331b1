import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { asks, fits, found } from '#/platform/database/rule/rule.ts'
import { byId, byInstant, byNumber, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { assessmentEntity, needsNumber } from '#/grading/assessment/index.ts'
import { assessment, assessmentTable } from '#/grading/assessment/table.ts'
import { course } from '#/catalog/course/table.ts'
import { sectionNames, sectionSearch, sectionTexts, teacherFilters, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { studentsOf } from '#/enrolling/seat/index.ts'
import { byNameFields, nameFields, studentTable } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { accountName, accountSearch } from '#/access/identity/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { score, scoreTable } from './table.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { type ScoreState, scoreStates } from '#/platform/words.ts'

const fields = {
  ...shown(score),
  section_id: assessment.section_id,
  assessment_title: assessment.title,
  max_score: assessment.max_score,
  ...nameFields,
  ...sectionNames,
  graded_by_name: accountName(score.graded_by).as('graded_by_name'),
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(score)
    .innerJoin(assessment, eq(assessment.id, score.assessment_id))
    .innerJoin(section, eq(section.id, assessment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .innerJoin(studentTable, eq(studentTable.id, score.student_id))
    .$dynamic()

/** Faculty see the scores of their sections; students their own, once the assessment is released. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, assessment.section_id),
    student: () => and(eq(score.student_id, ctx.actor.studentId ?? 0), eq(assessment.released, true)) as SQL,
  })

/** Whether that is so of an assessment of a section that the caller keeps. */
const ofAssessment = (ctx: Context, id: unknown, is: SQL) =>
  sql`exists (select 1 from ${assessment} where ${and(eq(assessment.id, id as number), scope(ctx, { faculty: () => teaches(ctx, assessment.section_id) }), is)})`

export const scoreEntity = entity({
  name: 'score',
  table: scoreTable,
  rows,
  id: score.id,
  visible,
  restorable: (ctx) =>
    scope(ctx, {
      faculty: () =>
        sql`exists (select 1 from ${assessmentTable} where ${assessmentTable.id} = ${scoreTable.assessment_id} and ${teaches(ctx, assessmentTable.section_id)})`,
    }),
  notFound: assessmentErrors.SCORE_NOT_FOUND,
  rules: [
    found(assessmentEntity, 'assessment_id'),
    asks(assessmentErrors.NOT_ENROLLED, ['student_id', 'assessment_id'], ({ student_id, assessment_id }, { ctx }) =>
      ofAssessment(ctx, assessment_id, sql`${student_id} not in ${studentsOf(assessment.section_id)}`),
    ),
    asks(assessmentErrors.SCORE_EXISTS, ['student_id', 'assessment_id'], ({ student_id, assessment_id }, { ctx }) => {
      const same = and(eq(score.assessment_id, assessment.id), eq(score.student_id, student_id as number))
      return ofAssessment(ctx, assessment_id, sql`exists (select 1 from ${score} where ${same})`)
    }),
    fits(
      assessmentErrors.SCORE_STATE_MISMATCH,
      ['score', 'state'],
      (row) => (row.score !== null) !== needsNumber(row as { state: ScoreState }),
    ),
    asks(assessmentErrors.SCORE_EXCEEDS_MAX, ['score', 'assessment_id'], ({ score: given, assessment_id }, { ctx }) =>
      ofAssessment(ctx, assessment_id, lt(assessment.max_score, given as number)),
    ),
  ],
  stamp: 'graded_at',
})

/** The assessment of a score, deleted or not, for the texts of refusals; and where the score went, if a transfer took it along. */
export const findWorkOf = async ({ db }: Context, id: number) =>
  (
    await db
      .select({
        id: assessmentTable.id,
        max_score: assessmentTable.max_score,
        section_id: assessmentTable.section_id,
        carried_to: scoreTable.carried_to,
      })
      .from(assessmentTable)
      .innerJoin(scoreTable, eq(scoreTable.assessment_id, assessmentTable.id))
      .where(eq(scoreTable.id, id))
  )[0]

export interface Carried {
  section_id: number
  carried_to: number | null
}

/** The score that counts in place of one, and its section; none where the student sits in the section of that one again. */
export const findCounting = async ({ db }: Context, { section_id, carried_to }: Carried) =>
  (
    await db
      .select({ section: section.number, assessment_id: assessment.id, score_id: scoreTable.id })
      .from(scoreTable)
      .innerJoin(assessment, eq(assessment.id, scoreTable.assessment_id))
      .innerJoin(section, eq(section.id, assessment.section_id))
      .where(and(eq(scoreTable.id, carried_to!), sql`${scoreTable.student_id} not in ${studentsOf(section_id)}`))
  )[0]

export const findScore = (ctx: Context, id: number) => find(ctx, scoreEntity, id)

export const scoreList = list({
  rows,
  visible,
  id: score.id,
  counted: {
    table: 'score',
    unseen: sql`assessment_id in (select id from ${assessmentTable} where deleted_at is not null)`,
  },
  codes: searchable(studentTable.number_key, course.code_key, term.code_key),
  search: searchable(studentTable.search_text, assessment.search_text, sectionSearch, accountSearch(score.graded_by)),
  texts: [score.id, score.assessment_id, score.student_id, score.state, score.graded_by, ...sectionTexts],
  orderings: {
    id: score.id,
    assessment_id: score.assessment_id,
    assessment_title: assessment.title,
    student_id: score.student_id,
    student_number: studentTable.student_number,
    student_name: byNameFields,
    course_code: course.code,
    graded_at: score.graded_at,
    updated_at: score.updated_at,
  },
  defaultOrdering: 'id',
  filters: {
    assessment_id: byId(score.assessment_id),
    student_id: byId(score.student_id),
    section_id: byId(assessment.section_id),
    ...teacherFilters(assessment.section_id),
    state: byOneOf(score.state, scoreStates),
    score: byNumber(score.score),
    graded_by: byId(score.graded_by),
    graded_at: byInstant(score.graded_at),
  },
})
