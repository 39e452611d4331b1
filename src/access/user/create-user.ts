import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Role, Language, Tier } from '#/platform/words.ts'
import { hashPassword } from '#/access/identity/index.ts'
import { userEntity } from '#/access/identity/index.ts'

interface NewUser {
  email: string
  password: string
  full_name: string
  role: Exclude<Role, 'anonymous'>
  tier?: Tier
  language?: Language
  student_id?: number | null
}

/** Opens an account, with `also` in the same write. The e-mail must be folded to lower case. */
export async function createUser(ctx: Context, { password, ...user }: NewUser, also: readonly Statement[] = []) {
  const password_hash = await hashPassword(password, ctx.settings.PASSWORD_MEMORY_KIB)
  return insert(ctx, userEntity, { ...user, password_hash }, { also })
}
