import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import type { Role, Language, Tier } from '#/platform/words.ts'
import { hashPassword } from '#/access/identity/index.ts'
import { userEntity } from '#/access/identity/index.ts'
import { type Taker, takePlace } from './take-place.ts'

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
type More = NonNullable<Parameters<typeof insert>[3]>

/**
 * Opens an account, with `more` in the same write; a shadow of its e-mail gives way. The e-mail must be folded to lower case. Throws
 * EMAIL_TAKEN.
 */
export async function createUser(
  ctx: Context,
  user: NewUser,
  { by = 'administrator', more = () => ({}) }: { by?: Taker; more?: () => More } = {},
) {
  const row = await withHash(ctx, user)
  return takePlace(ctx, { email: user.email, by }, (before) => insert(ctx, userEntity, row, { ...more(), before }))
}

/** The account as it rests. */
const withHash = async ({ settings }: Context, { password, ...user }: NewUser) => ({
  ...user,
  password_hash: await hashPassword(password, settings.PASSWORD_MEMORY_KIB),
})
