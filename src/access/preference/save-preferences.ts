import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { differences } from '#/platform/database/write/differences.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { write } from '#/platform/database/write/write.ts'
import { settingLanguage } from '#/access/identity/index.ts'
import { findPreferences } from './queries.ts'
import type { PreferencesInput } from './schema.ts'
import { preference } from './table.ts'

/** Changes the given preferences of the caller and answers all of them. What is the same already writes nothing. */
export async function savePreferences(ctx: Context, given: z.output<typeof PreferencesInput>) {
  const old = await findPreferences(ctx)
  demandVersion(ctx, old)
  const changes = differences(old, given)
  if (Object.keys(changes).length === 0) return old
  const next = { ...old, ...(given as Partial<typeof old>), version: old.version + 1, updated_at: ctx.now }
  const { language, created_at: _, ...row } = next
  const created_at = old.version === 0 ? ctx.now : old.created_at
  await write(ctx, {
    change: ctx.db
      .insert(preference)
      .values({ ...row, created_at })
      .onConflictDoUpdate({ target: preference.user_id, set: row, setWhere: eq(preference.version, old.version) }),
    audit: { entity: 'preference', id: row.user_id, changes },
    also: [settingLanguage(ctx, row.user_id, language)],
  })
  return { ...next, created_at }
}
