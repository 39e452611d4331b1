import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { termEntity } from './queries.ts'
import type { TermState } from '#/platform/words.ts'

/** Opens or closes a term for enrollment. Doing it twice changes nothing and leaves no audit row. */
export async function setTermStatus(ctx: Context, id: number, status: TermState) {
  return update(ctx, termEntity, await find(ctx, termEntity, id), { status })
}
