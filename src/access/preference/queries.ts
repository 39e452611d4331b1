import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { user } from '#/access/identity/table.ts'
import { preference } from './table.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const defaults = {
  mode: 'beginner' as const,
  theme: 'system' as const,
  show_tooltips: true,
  completed_guides: [] as string[],
  version: 0,
}

/** The caller's preferences, the defaults where nothing was ever changed. Version 0 stands for no row. */
export async function findPreferences(ctx: Context) {
  const [found] = await ctx.db
    .select({ user_id: user.id, language: user.language, opened_at: user.created_at, own: preference })
    .from(user)
    .leftJoin(preference, eq(preference.user_id, user.id))
    .where(and(eq(user.id, ctx.actor.id ?? 0), eq(user.is_active, true)))
  if (!found) throw new ApiError(sharedErrors.HTTP_401)
  const { opened_at, own, ...account } = found
  return { ...(own ?? { ...defaults, created_at: opened_at, updated_at: opened_at }), ...account }
}
