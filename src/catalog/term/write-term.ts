import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insertWarning } from '#/platform/database/write/alike.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { termEntity } from './queries.ts'
import { datesOf, requireSoundDates } from './rules.ts'
import type { TermChanges, TermInput } from './schema.ts'

/** Makes a term whose dates hold together. */
export async function createTerm(ctx: Context, input: z.output<typeof TermInput>) {
  requireSoundDates(input, ctx)
  return insertWarning(ctx, termEntity, input)
}

/** Changes some fields of a term. When one of its dates changes all are looked at together; those of an older term may stay as they are. */
export async function updateTerm(ctx: Context, id: number, changes: z.output<typeof TermChanges>) {
  const term = await find(ctx, termEntity, id)
  const dates = datesOf(term, changes)
  if (JSON.stringify(dates) !== JSON.stringify(datesOf(term))) requireSoundDates(dates, ctx)
  return update(ctx, termEntity, term, changes)
}
