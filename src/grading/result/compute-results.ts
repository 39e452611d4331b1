import { isNull, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { many } from '#/platform/database/in-many.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findGradebook, gradeOf, requireSchemes, sectionOf } from '#/grading/gradebook/index.ts'
import { gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { findOutcomes } from './queries.ts'
import { figuresOf, mostNamed, nameOf, withdrawal, withoutScore } from './rules.ts'
import { result, resultTable } from './table.ts'
import { errors } from './errors.ts'

/**
 * Makes or refreshes the draft results of a section from its gradebook, a W for those who withdrew; each keeps what the work said in the read that
 * it is made of. Published and frozen ones stay as they are, and so do percentages that were set by hand, unless they are to be overwritten.
 */
export async function computeResults(ctx: Context, sectionId: number, { overwrite }: { overwrite: boolean }) {
  const book = await findGradebook(ctx, sectionId, { based: true })
  const { results: existing, withdrawn } = await findOutcomes(ctx, sectionId)
  if (book.students.length === 0 && withdrawn.length === 0) throw new ApiError(errors.NOTHING_TO_COMPUTE)
  const known = new Map(existing.map((row) => [row.student_id, row]))
  requireSchemes(book)
  const byHand = existing.filter(({ state, set_by_hand }) => state === 'draft' && set_by_hand)
  const seated = new Set(book.students.map(({ id }) => id))
  const mine = byHand.filter(({ student_id }) => !overwrite && seated.has(student_id))
  const kept = new Map(mine.map((row) => [row.student_id, row.percentage]))
  const said = book.students.map(({ id, scheme }) => {
    const own = gradingSchemeOf(scheme!)
    return { id, scheme: scheme!, own, computed: gradeOf(book, id, { releasedOnly: false }).exact.final }
  })
  const graded = said.map(({ id, scheme, own, computed }) => ({
    student_id: id,
    ...figuresOf(own, kept.has(id) ? String(kept.get(id)) : computed),
    scheme_id: scheme.id,
    credits: book.section.credits,
    basis: book.bases.get(id) ?? null,
    set_by_hand: kept.has(id),
  }))
  const left = withdrawn.map(({ student_id }) => ({ student_id, ...withdrawal, basis: null, set_by_hand: false }))
  const computed = [...graded, ...left].map((row) => ({ ...row, old: known.get(row.student_id) }))
  const open = computed.filter(({ old }) => !old || old.state === 'draft')
  const changed = open.filter((row) => !row.old || isDifferent(row, row.old))
  const created = changed.filter(({ old }) => !old).length
  if (changed.length > 0) {
    await write(ctx, {
      before: [expectThat(ctx, isSetAsRead(sectionId, byHand))],
      change: upserting(ctx, sectionId, changed),
      blame: { state: 'published' },
      audit: {
        entity: 'section',
        id: sectionId,
        changes: {
          results: { new: changed.map(({ student_id, percentage, letter }) => ({ student_id, percentage, letter })) },
          ...(overwrite && byHand.length > 0 && { set_by_hand: { old: byHand.map(byStudent) } }),
        },
      },
    })
  }
  return {
    ...sectionOf(book),
    created,
    updated: changed.length - created,
    unchanged: open.length - changed.length,
    locked: computed.length - open.length,
    kept: {
      count: kept.size,
      students: said
        .filter(({ id }) => kept.has(id))
        .slice(0, mostNamed)
        .map(({ id, own, computed: exact }) => ({
          ...nameOf(book, id),
          percentage: kept.get(id)!,
          computed: figuresOf(own, exact).percentage,
        })),
    },
    without_score: withoutScore(book, openGraded(open)),
  }
}

const byStudent = ({ student_id, percentage }: { student_id: number; percentage: number }) => ({
  student_id,
  percentage,
})

/** No draft of a section is set by hand by now but as it was read, and none of these was changed since. */
function isSetAsRead(sectionId: number, rows: readonly { id: number; version: number }[]) {
  const versions = rows.map(({ id, version }) => `${id}/${version}`)
  return sql`not exists (select 1 from ${result} where ${result.section_id} = ${sectionId} and ${result.state} = 'draft'
    and (${result.set_by_hand} = 1 or ${result.id} in ${many(rows.map(({ id }) => id))})
    and ${result.id} || '/' || ${result.version} not in ${many(versions)})`
}

const openGraded = (open: readonly Computed[]) =>
  open.filter(({ outcome }) => outcome !== 'withdrawn').map(({ student_id }) => student_id)

const figures = [
  'outcome',
  'percentage',
  'letter',
  'points',
  'value',
  'credits',
  'scheme_id',
  'basis',
  'set_by_hand',
] as const

const isDifferent = (row: Computed, old: Pick<Computed, (typeof figures)[number]>) =>
  figures.some((figure) => row[figure] !== old[figure])

type Outcome = (typeof resultTable.$inferInsert)['outcome']
type Computed = Omit<ReturnType<typeof figuresOf>, 'outcome'> & {
  student_id: number
  credits: number
  scheme_id: number | null
  outcome: Outcome
  basis: string | null
  set_by_hand: boolean
}

/** A result that was published in the meantime aborts the statement: the trigger refuses the update. */
const upserting = (ctx: Context, section_id: number, rows: readonly Computed[]) =>
  insertMany(
    ctx,
    resultTable,
    rows.map(({ student_id, outcome, percentage, letter, points, value, credits, scheme_id, basis, set_by_hand }) => {
      const figures = { outcome, percentage, letter, points, value, credits, scheme_id, basis, set_by_hand }
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
