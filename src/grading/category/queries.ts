import { and, eq, exists, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { asks, stays } from '#/platform/database/rule/rule.ts'
import { byId, byOneOf, byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { attends, keeps, keptSection } from '#/enrolling/seat/index.ts'
import { sectionNames, sectionSearch, sectionTexts, teacherFilters, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { course } from '#/catalog/course/table.ts'
import { term } from '#/catalog/term/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { assessment } from '#/grading/assessment/table.ts'
import { mostLoose } from './rules.ts'
import { category, categoryTable } from './table.ts'
import { errors } from './errors.ts'
import { aggregations, categoryKinds } from '#/platform/words.ts'

const fields = { ...shown(category), ...sectionNames }
const rows = (db: Database) =>
  db
    .select(fields)
    .from(category)
    .innerJoin(section, eq(section.id, category.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .$dynamic()

/** Faculty see those of their sections, students those of the sections they sit in. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, category.section_id),
    student: () => attends(ctx, category.section_id),
  })

/** Whether the weights of a section would total more than 100 with this one, in place of what it is now. */
export const totalBeyond100 = (
  of: typeof category | typeof assessment,
  { id, section_id, weight }: { id: number; section_id: unknown; weight: unknown },
  where?: SQL,
) =>
  sql`(select coalesce(sum(${of.weight}), 0) from ${of} where ${and(eq(of.section_id, section_id as number), ne(of.id, id), where)})
    + ${sql.param(weight, of.weight)} > 10000`

export const categoryEntity = entity({
  name: 'assessment_category',
  table: categoryTable,
  rows,
  id: category.id,
  visible,
  restorable: (ctx) => scope(ctx, { faculty: () => teaches(ctx, categoryTable.section_id) }),
  notFound: errors.CATEGORY_NOT_FOUND,
  findable: ({ name, name_el }) => [name, name_el],
  rules: [
    asks(errors.CATEGORY_NAME_TAKEN, ['name', 'section_id'], ({ name, section_id }, { ctx }) => {
      const same = [eq(category.name, name as string), eq(category.section_id, section_id as number)]
      const mine = scope(ctx, { faculty: () => teaches(ctx, category.section_id) })
      return sql`exists (select 1 from ${category} where ${and(...same, mine)})`
    }),
    keptSection,
    stays(errors.CATEGORY_SECTION_FIXED, 'section_id'),
    stays(errors.CATEGORY_KIND_FIXED, 'kind'),
    asks(errors.CATEGORY_WEIGHT_EXCEEDED, ['weight', 'section_id'], ({ weight, section_id }, { ctx, id }) =>
      and(keeps(ctx, section_id), totalBeyond100(category, { id, section_id, weight }))!,
    ),
  ],
})

export const categoryList = list({
  rows,
  visible,
  id: category.id,
  search: searchable(category.search_text, sectionSearch),
  codes: searchable(course.code_key, term.code_key),
  texts: [category.id, category.name, category.name_el, category.aggregation, category.kind, ...sectionTexts],
  orderings: { id: category.id, name: category.name, weight: category.weight, created_at: category.created_at },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(category.section_id),
    ...teacherFilters(category.section_id),
    name: byText(category.name),
    aggregation: byOneOf(category.aggregation, aggregations),
    kind: byOneOf(category.kind, categoryKinds),
  },
})

/** A section whose gradebook the caller keeps, and the weight its other categories already have: one round trip. */
export async function findCategoryWeights(ctx: Context, sectionId: number, exceptCategory = 0) {
  const own = scope(ctx, { faculty: () => teaches(ctx, section.id) })
  const sections = ctx.db
    .select({ id: section.id })
    .from(section)
    .where(and(eq(section.id, sectionId), own))
  const weights = ctx.db
    .select({ weight: category.weight })
    .from(category)
    .where(and(eq(category.section_id, sectionId), ne(category.id, exceptCategory)))
  const [[found], rest] = await ctx.db.batch([sections, weights])
  return { section: found, weights: rest.map(({ weight }) => weight) }
}

/** The assessments of a section that has categories which are in none of them: for `asks` of a write. */
export const looseAmong = ({ db }: Context, sectionId: number | SQL) => ({
  loose: db
    .select({ id: assessment.id })
    .from(assessment)
    .where(
      and(
        eq(assessment.section_id, sectionId),
        isNull(assessment.category_id),
        exists(db.select({ id: category.id }).from(category).where(eq(category.section_id, sectionId))),
      ),
    )
    .orderBy(assessment.id)
    .limit(mostLoose),
})
