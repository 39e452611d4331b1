import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insertWarning } from '#/platform/database/write/alike.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { type AcceptClashes, noneOf } from '#/catalog/clash/index.ts'
import { termMoved } from './events.ts'
import { termEntity } from './queries.ts'
import { tellingDays } from './days-outside-queries.ts'
import { datesOf, requireSoundDates } from './rules.ts'
import type { TermChanges, TermInput } from './schema.ts'

/** Makes a term whose dates hold together. */
export async function createTerm(ctx: Context, input: z.output<typeof TermInput>) {
  requireSoundDates(input, ctx)
  return insertWarning(ctx, termEntity, input)
}

/**
 * Changes some fields of a term. When one of its dates changes all are looked at together; those of an older term may stay as they are. What
 * meets at the same time on other days is refused unless it is accepted. Throws MEETINGS_CLASH, and TERM_DAYS_OUTSIDE where days in use would be
 * outside.
 */
export const updateTerm = (ctx: Context, id: number, changes: Changes, asked: AcceptClashes) =>
  changes.start_date === undefined && changes.end_date === undefined
    ? changeTerm(ctx, id, changes, asked)
    : settle(() => changeTerm(ctx, id, changes, asked))

type Changes = z.output<typeof TermChanges>

async function changeTerm(ctx: Context, id: number, changes: Changes, asked: AcceptClashes) {
  const term = await find(ctx, termEntity, id)
  const [old, dates] = [datesOf(term), datesOf(term, changes)]
  if (JSON.stringify(dates) !== JSON.stringify(old)) requireSoundDates(dates, ctx)
  const { start_date: start, end_date: end } = dates
  const isMoved = start !== old.start_date || end !== old.end_date
  const moved = { term_id: id, start, end, old_start: old.start_date, old_end: old.end_date, ...asked }
  const updated = await update(ctx, termEntity, term, changes, { events: isMoved ? [termMoved(moved)] : [] }).catch(
    tellingDays(ctx, id, old, dates),
  )
  return { ...noneOf(asked), ...updated }
}
