import { and, eq, ne } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { userTable } from './table.ts'

/** A statement for a write of somebody else: the language in which an account is written to. */
export const settingLanguage = (ctx: Context, userId: number, language: Language) =>
  ctx.db
    .update(userTable)
    .set({ language })
    .where(and(eq(userTable.id, userId), ne(userTable.language, language)))
