import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { asks, stays } from '#/platform/database/rule/rule.ts'
import { byFlag, byId, byOneOf, byInstant } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { attends, keeps, keptSection } from '#/enrolling/seat/index.ts'
import { sectionNames, sectionSearch, sectionTexts, teacherFilters, teaches } from '#/enrolling/section/index.ts'
import { ofDeletedSection, section } from '#/enrolling/section/table.ts'
import { totalBeyond100 } from '#/grading/category/index.ts'
import { category } from '#/grading/category/table.ts'
import { course } from '#/catalog/course/table.ts'
import { term } from '#/catalog/term/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { score } from '#/grading/gradebook/table.ts'
import { assessment, assessmentTable } from './table.ts'
import { errors } from './errors.ts'
import { assessmentTypes } from '#/platform/words.ts'

const fields = { ...shown(assessment), category_name: category.name, ...sectionNames }
const rows = (db: Database) =>
  db
    .select(fields)
    .from(assessment)
    .innerJoin(section, eq(section.id, assessment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .leftJoin(category, eq(category.id, assessment.category_id))
    .$dynamic()

/** Faculty see those of their sections, students those of the sections they sit in. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, assessment.section_id),
    student: () => attends(ctx, assessment.section_id),
  })

export const assessmentEntity = entity({
  name: 'assessment',
  table: assessmentTable,
  rows,
  id: assessment.id,
  visible,
  restorable: (ctx) => scope(ctx, { faculty: () => teaches(ctx, assessmentTable.section_id) }),
  notFound: errors.ASSESSMENT_NOT_FOUND,
  findable: ({ title, title_el }) => [title, title_el],
  rules: [
    keptSection,
    stays(errors.ASSESSMENT_SECTION_FIXED, 'section_id'),
    asks(
      errors.WEIGHT_EXCEEDED,
      ['weight', 'category_id', 'section_id'],
      ({ weight, category_id, section_id }, { ctx, id }) =>
        sql`${category_id} is null and ${keeps(ctx, section_id)}
        and ${totalBeyond100(assessment, { id, section_id, weight }, isNull(assessment.category_id))}`,
    ),
    asks(errors.CATEGORY_IS_ATTENDANCE, ['category_id', 'section_id'], ({ category_id, section_id }, { ctx }) => {
      const one = [eq(category.id, category_id as number), eq(category.section_id, section_id as number)]
      return sql`${keeps(ctx, section_id)} and exists (select 1 from ${category} where ${and(...one, eq(category.kind, 'attendance'))})`
    }),
    asks(
      errors.ASSESSMENT_CATEGORY_NOT_FOUND,
      ['category_id', 'section_id'],
      ({ category_id, section_id }, { ctx }) => {
        const [wanted, of] = [eq(category.id, category_id as number), eq(category.section_id, section_id as number)]
        return sql`${category_id} is not null and ${keeps(ctx, section_id)}
        and not exists (select 1 from ${category} where ${and(wanted, of)})`
      },
    ),
    asks(
      errors.MAX_SCORE_BELOW_SCORES,
      ['max_score', 'id'],
      ({ max_score }, { id }) =>
        sql`exists (select 1 from ${score} where ${and(eq(score.assessment_id, id), gt(score.score, max_score as number))})`,
    ),
  ],
})

export const assessmentList = list({
  rows,
  visible,
  id: assessment.id,
  counted: { table: 'assessment', unseen: ofDeletedSection },
  search: searchable(assessment.search_text, category.search_text, sectionSearch),
  codes: searchable(course.code_key, term.code_key),
  texts: [assessment.id, assessment.category_id, assessment.type, category.name, ...sectionTexts],
  orderings: {
    id: assessment.id,
    title: assessment.title,
    weight: assessment.weight,
    created_at: assessment.created_at,
  },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(assessment.section_id),
    ...teacherFilters(assessment.section_id),
    category_id: byId(assessment.category_id),
    type: byOneOf(assessment.type, assessmentTypes),
    released: byFlag(assessment.released),
    due_at: byInstant(assessment.due_at),
  },
})

/** A section whose gradebook the caller keeps, and the weights of its other assessments that are in no category: one round trip. */
export async function findSectionWeights(ctx: Context, sectionId: number, exceptAssessment = 0) {
  const own = scope(ctx, { faculty: () => teaches(ctx, section.id) })
  const sections = ctx.db
    .select({ id: section.id })
    .from(section)
    .where(and(eq(section.id, sectionId), own))
  const weights = ctx.db
    .select({ weight: assessment.weight })
    .from(assessment)
    .where(
      and(eq(assessment.section_id, sectionId), isNull(assessment.category_id), ne(assessment.id, exceptAssessment)),
    )
  const [[found], rest] = await ctx.db.batch([sections, weights])
  return { section: found, weights: rest.map(({ weight }) => weight) }
}
