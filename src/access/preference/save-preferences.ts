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
  const { language, ...own } = { ...old, ...(given as Partial<typeof old>), version: old.version + 1 }
  const user_id = ctx.actor.id!
  const row = { user_id, ...own, updated_at: ctx.now }
  await write(ctx, {
    change: ctx.db
      .insert(preference)
      .values(row)
      .onConflictDoUpdate({ target: preference.user_id, set: row, setWhere: eq(preference.version, old.version) }),
    audit: { entity: 'preference', id: user_id, changes },
    also: [settingLanguage(ctx, user_id, language)],
  })
  return { ...own, language }
}
