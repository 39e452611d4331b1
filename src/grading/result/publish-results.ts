import { and, eq, type SQL, sql } from 'drizzle-orm'
import { inMany } from '#/platform/database/in-many.ts'
import type { Context } from '#/platform/context.ts'
import { demandVersion, find } from '#/platform/database/write/entity.ts'
import { write } from '#/platform/database/write/write.ts'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import { tellingEnded } from '#/enrolling/seat/index.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { findGradebook } from '#/grading/gradebook/index.ts'
import { creditsOffered, findOutcomes, resultEntity, resultRows, seatsCompleted, seatsOf } from './queries.ts'
import { requireCurrent, requireFreezable, requirePublishable, withoutScore } from './rules.ts'
import { result, resultTable } from './table.ts'
import type { ResultState } from '#/platform/words.ts'

interface Target {
  result_id?: number | undefined
  section_id?: number | undefined
}

/**
 * Makes results official: one, of the version of `If-Match` where that is given, or all of a section, all or nothing. The trigger
 * `result_completes_seat` completes their seats, `result_says_what_the_work_says` refuses what was computed of other work.
 */
export const publishResults = (ctx: Context, target: Target) =>
  publishOnce(ctx, target).catch(async (error: unknown) => {
    const isOvertaken = error instanceof ApiError && error.declared === sharedErrors.STALE_STATE
    if (isOvertaken) requireCurrentTarget(await findTarget(ctx, target, { based: true }))
    throw error
  })

async function publishOnce(ctx: Context, target: Target) {
  const found = await findTarget(ctx, target, { based: true })
  const { book, rows, asked } = found
  const resulted = new Set(rows.map(({ student_id }) => student_id))
  const nameOf = new Map(
    book.students.map(({ id, student_number, student_name }) => [id, { student_number, student_name }]),
  )
  const unresulted = asked.filter((id) => !resulted.has(id)).map((id) => ({ student_id: id, ...nameOf.get(id) }))
  requirePublishable(
    rows.map(({ state }) => state),
    book,
    unresulted,
  )
  requireCurrentTarget(found)
  const drafts = rows.filter(({ state }) => state === 'draft')
  const published = await step(ctx, drafts, 'published', {
    state: 'published',
    published_at: ctx.now,
    published_by: ctx.actor.id,
    credits: creditsOffered,
    basis: null,
  })
  const graded = drafts.filter(({ outcome }) => outcome !== 'withdrawn').map(({ student_id }) => student_id)
  return { ...published, without_score: withoutScore(book, graded) }
}

const requireCurrentTarget = ({ rows, book }: Awaited<ReturnType<typeof findTarget>>) => requireCurrent(rows, book)

/** Freezes published results: one, or all of a section. From then on a change needs two approvers. */
export async function freezeResults(ctx: Context, target: Target) {
  const { rows } = await findTarget(ctx, target)
  requireFreezable(rows.map(({ state }) => state))
  const published = rows.filter(({ state }) => state === 'published')
  return step(ctx, published, 'frozen', { state: 'frozen', frozen_at: ctx.now, frozen_by: ctx.actor.id })
}

/**
 * The results that are meant, with the gradebook and the students who should have one. Drafts of another day are left out: of somebody who
 * has dropped since, a grade of somebody who withdrew, a W of somebody who is back.
 */
async function findTarget(ctx: Context, { result_id, section_id }: Target, wish: { based?: true } = {}) {
  const sectionId = section_id ?? (await find(ctx, resultEntity, result_id!)).section_id
  const [book, outcomes] = await Promise.all([findGradebook(ctx, sectionId, wish), findOutcomes(ctx, sectionId)])
  const enrolled = new Set(book.students.map(({ id }) => id))
  const gone = new Set(outcomes.withdrawn.map(({ student_id }) => student_id))
  const meant = outcomes.results.filter(({ id }) => result_id === undefined || id === result_id)
  if (result_id !== undefined && meant[0]) demandVersion(ctx, meant[0])
  const rows = meant.filter(
    ({ state, outcome, student_id }) =>
      state !== 'draft' || (outcome === 'withdrawn' ? gone : enrolled).has(student_id),
  )
  const asked = result_id === undefined ? [...enrolled] : meant.map(({ student_id }) => student_id)
  return { book, rows, asked }
}

type Row = { id: number; section_id: number; state: ResultState; version: number }
type Step =
  | { state: 'published'; published_at: string; published_by: number | null; credits: SQL; basis: null }
  | { state: 'frozen'; frozen_at: string; frozen_by: number | null }

/** Moves exactly these rows from the state they were read in; if one of them moved meanwhile, none does, nor does one alone that changed. */
async function step(ctx: Context, rows: readonly Row[], state: 'published' | 'frozen', set: Step) {
  const ids = rows.map(({ id }) => id)
  const first = rows[0]!
  const from = first.state
  const unchanged = rows.length === 1 ? eq(resultTable.version, first.version) : undefined
  const unmoved = sql`(select count(*) from ${result} where ${inMany(result.id, ids)} and ${result.state} = ${from})`
  const { read } = await write(ctx, {
    change: ctx.db
      .update(resultTable)
      .set({ ...set, version: sql`${resultTable.version} + 1`, updated_at: ctx.now })
      .where(and(inMany(resultTable.id, ids), sql`${unmoved} = ${rows.length}`, unchanged)),
    audit: {
      entity: rows.length === 1 ? 'result' : 'section',
      id: rows.length === 1 ? first.id : first.section_id,
      changes: { state: { old: from, new: state }, results: { new: ids } },
      named: state === 'published' ? [seatsCompleted(ctx, ids)] : [],
    },
    also: [
      ...(rows.length === 1 ? [] : [tellingSteps(ctx, ids, { from, state })]),
      ...(state === 'published' ? [tellingEnded(ctx, seatsOf(ids), 'enrollment.complete')] : []),
    ],
    read: resultRows(ctx.db).where(inMany(result.id, ids)),
  })
  return { state, results: read }
}

/** An audit row for each of many results; one alone is what the row of the act is about. */
const tellingSteps = (ctx: Context, ids: readonly number[], { from, state }: Record<'from' | 'state', ResultState>) =>
  auditRows(ctx, {
    entity: 'result',
    id: sql`${result.id}`,
    changes: sql`json_object('state', json_object('old', ${from}, 'new', ${state}))`,
    from: sql`${result} where ${inMany(result.id, ids)}`,
  })
