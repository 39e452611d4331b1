import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findGradebook, gradeOf } from '#/grading/gradebook/index.ts'
import { gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { findOutcomes } from './queries.ts'
import { figuresOf, withdrawal } from './rules.ts'
import { resultTable } from './table.ts'
import { errors } from './errors.ts'

/**
 * Makes or refreshes the draft results of a section from its gradebook, a W for those who withdrew. Published and frozen ones stay as they
 * are.
 */
export async function computeResults(ctx: Context, sectionId: number) {
  const book = await findGradebook(ctx, sectionId)
  const { results: existing, withdrawn } = await findOutcomes(ctx, sectionId)
  if (book.students.length === 0 && withdrawn.length === 0) throw new ApiError(errors.NOTHING_TO_COMPUTE)
  const known = new Map(existing.map((row) => [row.student_id, row]))
  const scheme = gradingSchemeOf(book.section.scheme)
  const graded = book.students.map(({ id }) => ({
    student_id: id,
    ...figuresOf(scheme, gradeOf(book, id, { releasedOnly: false }).exact.final),
    credits: book.section.credits,
  }))
  const left = withdrawn.map(({ student_id }) => ({ student_id, ...withdrawal }))
  const computed = [...graded, ...left].map((row) => ({ ...row, old: known.get(row.student_id) }))
  const open = computed.filter(({ old }) => !old || old.state === 'draft')
  const changed = open.filter((row) => !row.old || isDifferent(row, row.old))
  const created = changed.filter(({ old }) => !old).length
  if (changed.length > 0) {
    await write(ctx, {
      change: upsert(ctx, sectionId, changed),
      blame: { state: 'published' },
      audit: {
        entity: 'section',
        id: sectionId,
        changes: {
          results: { new: changed.map(({ student_id, percentage, letter }) => ({ student_id, percentage, letter })) },
        },
      },
    })
  }
  return {
    section_id: sectionId,
    created,
    updated: changed.length - created,
    unchanged: open.length - changed.length,
    locked: computed.length - open.length,
  }
}

const figures = ['outcome', 'percentage', 'letter', 'points', 'value', 'credits'] as const

const isDifferent = (row: Computed, old: Pick<Computed, (typeof figures)[number]>) =>
  figures.some((figure) => row[figure] !== old[figure])

type Computed = Omit<ReturnType<typeof figuresOf>, 'outcome'> & { student_id: number; credits: number; outcome: string }

/** One statement for the whole section. A result that was published in the meantime aborts it: the trigger refuses the update. */
function upsert(ctx: Context, sectionId: number, rows: readonly Computed[]) {
  const values = rows.map(({ student_id, outcome, percentage, letter, points, value, credits }) => [
    student_id,
    outcome,
    Math.round(percentage * 100),
    letter,
    Math.round(points * 100),
    Math.round(value * 100),
    Math.round(credits * 10),
  ])
  const select = sql`select null, value ->> 0, ${sectionId}, 'draft', value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
    null, null, null, null, 1, ${ctx.now}, ${ctx.now}, null from json_each(${JSON.stringify(values)}) where true`
  return ctx.db
    .insert(resultTable)
    .select(select)
    .onConflictDoUpdate({
      target: [resultTable.section_id, resultTable.student_id],
      targetWhere: sql`deleted_at is null`,
      set: {
        outcome: sql`excluded.outcome`,
        percentage: sql`excluded.percentage`,
        letter: sql`excluded.letter`,
        points: sql`excluded.points`,
        value: sql`excluded.value`,
        credits: sql`excluded.credits`,
        version: sql`${resultTable.version} + 1`,
        updated_at: ctx.now,
      },
    })
}
