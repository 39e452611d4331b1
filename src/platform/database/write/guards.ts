import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import { kept } from '#/platform/database/kept/statement.ts'
import { expectWrite } from '#/platform/database/tables.ts'

/** Fails the batch unless the statement before it changed a row; `write` puts one behind the change itself. */
export const expectChange = (ctx: Pick<Context, 'db'>) => changed(ctx, {})
const changed = kept((draft) => expectThat(draft, sql`changes() > 0`))

/** Fails the batch with STALE_STATE unless the condition holds: a precondition of a write, among `also`. */
export const expectThat = (ctx: Pick<Context, 'db'>, condition: SQL) =>
  insertFrom(ctx, expectWrite, { ok: 0 }, sql`(select 1) where not (${condition})`)
