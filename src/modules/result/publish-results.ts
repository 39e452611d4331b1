import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { find } from '../../database/entity.ts'
import { write } from '../../database/write.ts'
import { findGradebook } from '../gradebook/index.ts'
import { resultEntity, resultRows } from './queries.ts'
import { requireFreezable, requirePublishable } from './rules.ts'
import { result, resultTable } from './table.ts'

interface Target {
  result_id?: number | undefined
  section_id?: number | undefined
}

/** Makes results official: one, or all of a section, all or nothing. */
export async function publishResults(ctx: Context, target: Target) {
  const { sectionId, rows } = await findTarget(ctx, target)
  const book = await findGradebook(ctx, sectionId)
  const enrolled = new Set(book.students.map(({ id }) => id))
  /** Somebody enrolled has a grade, somebody who withdrew a W; what else is there is of another day. */
  const current = rows.filter(({ student_id, outcome }) => enrolled.has(student_id) !== (outcome === 'withdrawn'))
  const resulted = new Set(current.map(({ student_id }) => student_id))
  const asked = target.result_id === undefined ? [...enrolled] : rows.map(({ student_id }) => student_id)
  const unresulted = asked.filter((id) => !resulted.has(id))
  requirePublishable(
    current.map(({ state }) => state),
    book,
    unresulted,
  )
  const drafts = current.filter(({ state }) => state === 'draft')
  return step(ctx, drafts, 'published', { state: 'published', published_at: ctx.now, published_by: ctx.actor.id })
}

/** Freezes published results: one, or all of a section. From then on a change needs two approvers. */
export async function freezeResults(ctx: Context, target: Target) {
  const { rows } = await findTarget(ctx, target)
  requireFreezable(rows.map(({ state }) => state))
  const published = rows.filter(({ state }) => state === 'published')
  return step(ctx, published, 'frozen', { state: 'frozen', frozen_at: ctx.now, frozen_by: ctx.actor.id })
}

async function findTarget(ctx: Context, { result_id, section_id }: Target) {
  if (result_id !== undefined) {
    const one = await find(ctx, resultEntity, result_id)
    return { sectionId: one.section_id, rows: [one] }
  }
  const { section } = await findGradebook(ctx, section_id!)
  return { sectionId: section.id, rows: await resultRows(ctx.db).where(eq(result.section_id, section.id)) }
}

type Row = { id: number; section_id: number; state: 'draft' | 'published' | 'frozen' }
type Step =
  | { state: 'published'; published_at: string; published_by: number | null }
  | { state: 'frozen'; frozen_at: string; frozen_by: number | null }

/** Moves exactly these rows from the state they were read in; if one of them moved meanwhile, none does. */
async function step(ctx: Context, rows: readonly Row[], state: 'published' | 'frozen', set: Step) {
  const ids = JSON.stringify(rows.map(({ id }) => id))
  const among = sql`${resultTable.id} in (select value from json_each(${ids}))`
  const from = rows[0]!.state
  const stillThere = sql`(select count(*) from live_result where id in (select value from json_each(${ids})) and state = ${from}) = ${rows.length}`
  const { read } = await write(ctx, {
    change: ctx.db
      .update(resultTable)
      .set({ ...set, version: sql`${resultTable.version} + 1`, updated_at: ctx.now })
      .where(and(among, stillThere)),
    audit: {
      entity: rows.length === 1 ? 'result' : 'section',
      id: rows.length === 1 ? rows[0]!.id : rows[0]!.section_id,
      changes: { state: { old: from, new: state }, results: { new: rows.map(({ id }) => id) } },
    },
    read: resultRows(ctx.db).where(inArray(result.id, sql`(select value from json_each(${ids}))`)),
  })
  return { state, results: read }
}
