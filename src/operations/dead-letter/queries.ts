import { accountName, accountSearch } from '#/access/identity/table.ts'
import { eq, getTableColumns } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { byInstant, byOneOf, byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { deadLetter } from './table.ts'
import { ApiError } from '#/platform/errors.ts'
import { type MessageTypes, readMessage } from '#/platform/queue/message-types.ts'
import { errors } from './errors.ts'
import { deadLetterStates } from '#/platform/words.ts'

const retrier = accountName(deadLetter.retried_by)
export const letters = (db: Database) =>
  db
    .select({ ...getTableColumns(deadLetter), retried_by_name: retrier.as('retried_by_name') })
    .from(deadLetter)
    .$dynamic()

const letterList = list({
  rows: letters,
  id: deadLetter.id,
  search: accountSearch(deadLetter.retried_by),
  texts: [deadLetter.id, deadLetter.type, deadLetter.status, retrier],
  orderings: { failed_at: deadLetter.failed_at, id: deadLetter.id },
  defaultOrdering: '-failed_at',
  filters: {
    type: byText(deadLetter.type),
    status: byOneOf(deadLetter.status, deadLetterStates),
    failed_at: byInstant(deadLetter.failed_at),
  },
})

type Letter = Awaited<ReturnType<typeof letters>>[number]

/** A letter as it is shown: of its message only what its type declares, and those are ids. */
export function shownLetter(letter: Letter, types: MessageTypes) {
  const read = readMessage(types, JSON.parse(letter.message))
  return { ...letter, message: (read?.message ?? null) as Record<string, string | number> | null }
}

export const letterQuery = letterList.query

/** A page of what the queue gave up. */
export async function pageOfLetters(ctx: Context, query: z.output<typeof letterQuery>, types: MessageTypes) {
  const page = await letterList.page(ctx, query)
  return { ...page, items: page.items.map((letter) => shownLetter(letter, types)) }
}

/** Throws DEAD_LETTER_NOT_FOUND. */
export async function findLetter(ctx: Context, id: number): Promise<Letter> {
  const [letter] = await letters(ctx.db).where(eq(deadLetter.id, id))
  if (!letter) throw new ApiError(errors.DEAD_LETTER_NOT_FOUND, { id })
  return letter
}
