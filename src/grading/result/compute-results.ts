import { isNull, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findGradebook, gradeOf, requireSchemes } from '#/grading/gradebook/index.ts'
import { gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { findOutcomes } from './queries.ts'
import { figuresOf, withdrawal, withoutScore } from './rules.ts'
import { resultTable } from './table.ts'
import { errors } from './errors.ts'

/**
 * Makes or refreshes the draft results of a section from its gradebook, a W for those who withdrew; each keeps what the work said in the read that
 * it is made of. Published and frozen ones stay as they are.
 */
export async function computeResults(ctx: Context, sectionId: number) {
  const book = await findGradebook(ctx, sectionId, { based: true })
  const { results: existing, withdrawn } = await findOutcomes(ctx, sectionId)
  if (book.students.length === 0 && withdrawn.length === 0) throw new ApiError(errors.NOTHING_TO_COMPUTE)
  const known = new Map(existing.map((row) => [row.student_id, row]))
  requireSchemes(book)
  const graded = book.students.map(({ id, scheme }) => ({
    student_id: id,
    ...figuresOf(gradingSchemeOf(scheme!), gradeOf(book, id, { releasedOnly: false }).exact.final),
    scheme_id: scheme!.id,
    credits: book.section.credits,
    basis: book.bases.get(id) ?? null,
  }))
  const left = withdrawn.map(({ student_id }) => ({ student_id, ...withdrawal, basis: null }))
  const computed = [...graded, ...left].map((row) => ({ ...row, old: known.get(row.student_id) }))
  const open = computed.filter(({ old }) => !old || old.state === 'draft')
  const changed = open.filter((row) => !row.old || isDifferent(row, row.old))
  const created = changed.filter(({ old }) => !old).length
  if (changed.length > 0) {
    await write(ctx, {
      change: upserting(ctx, sectionId, changed),
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
    without_score: withoutScore(book, openGraded(open)),
  }
}

const openGraded = (open: readonly Computed[]) =>
  open.filter(({ outcome }) => outcome !== 'withdrawn').map(({ student_id }) => student_id)

const figures = ['outcome', 'percentage', 'letter', 'points', 'value', 'credits', 'scheme_id', 'basis'] as const

const isDifferent = (row: Computed, old: Pick<Computed, (typeof figures)[number]>) =>
  figures.some((figure) => row[figure] !== old[figure])

type Outcome = (typeof resultTable.$inferInsert)['outcome']
type Computed = Omit<ReturnType<typeof figuresOf>, 'outcome'> & {
  student_id: number
  credits: number
  scheme_id: number | null
  outcome: Outcome
  basis: string | null
}

/** A result that was published in the meantime aborts the statement: the trigger refuses the update. */
const upserting = (ctx: Context, section_id: number, rows: readonly Computed[]) =>
  insertMany(
    ctx,
    resultTable,
    rows.map(({ student_id, outcome, percentage, letter, points, value, credits, scheme_id, basis }) => {
      const figures = { outcome, percentage, letter, points, value, credits, scheme_id, basis }
      return { student_id, section_id, state: 'draft', ...figures, created_at: ctx.now, updated_at: ctx.now }
    }),
    {
      onConflict: {
        target: ['section_id', 'student_id'],
        where: isNull(resultTable.deleted_at),
        update: [...figures, 'updated_at'],
        set: { version: sql`${resultTable.version} + 1` },
      },
    },
  )
