import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import type { Role, Language, Tier } from '#/platform/words.ts'
import { hashPassword } from '#/access/identity/index.ts'
import { userEntity } from '#/access/identity/index.ts'

export interface NewUser {
  email: string
  password: string
  full_name: string
  role: Exclude<Role, 'anonymous'>
  tier?: Tier
  language?: Language
  student_id?: number | null
  /** When a token that was mailed to this e-mail came back; null: it did not. */
  email_verified_at: string | null
}

/** What else the write does and tells. */
export type More = NonNullable<Parameters<typeof insert>[3]>

/** Opens an account, with `more` in the same write. The e-mail must be folded to lower case. */
export async function createUser(ctx: Context, user: NewUser, more: More = {}) {
  return insert(ctx, userEntity, await withHash(ctx, user), more)
}

/** The account as it rests. */
export const withHash = async ({ settings }: Context, { password, ...user }: NewUser) => ({
  ...user,
  password_hash: await hashPassword(password, settings.PASSWORD_MEMORY_KIB),
})
