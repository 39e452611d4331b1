import { and, eq, isNotNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { asks, fits, type Rule, there, unlike } from '#/platform/database/rule/rule.ts'
import { byFlag, byId, byInstant, byOneOf, bySet, byText } from '#/platform/database/list/filters.ts'
import { textOf } from '#/platform/database/list/text-of.ts'
import { list } from '#/platform/database/list/list.ts'
import { byName } from '#/platform/database/list/orderings.ts'
import { ApiError } from '#/platform/errors.ts'
import { searchable } from '#/platform/text/search.ts'
import { accountStudent, studentKey, totp, user, userTable } from './table.ts'
import { errors } from './errors.ts'
import type { Holder } from './guessable.ts'
import { passwordProblems } from './rules.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { accountRoles, tiers } from '#/platform/words.ts'

/** An account as others may see it: without its password hash. */
const accountColumns = {
  id: user.id,
  email: user.email,
  full_name: user.full_name,
  role: user.role,
  tier: user.tier,
  language: user.language,
  is_active: user.is_active,
  student_id: user.student_id,
  email_verified_at: user.email_verified_at,
  known_since: user.known_since,
  signed_in_at: user.signed_in_at,
  version: user.version,
  created_at: user.created_at,
  updated_at: user.updated_at,
}

const ofStudent = (column: SQLWrapper) => textOf(user.student_id, accountStudent, column)
/** With the student that it is the account of. */
const fields = {
  ...accountColumns,
  student_number: ofStudent(accountStudent.student_number).as('student_number'),
  student_name: ofStudent(accountStudent.student_name).as('student_name'),
}

const rows = (db: Database) => db.select(fields).from(user).$dynamic()

/** What a sign-in needs to know of the account beyond that. */
export const signInColumns = {
  ...accountColumns,
  device_generation: user.device_generation,
  totp_confirmed_at: totp.confirmed_at,
}

/** A shadow may give way; who else has the e-mail does not. */
export const emailFree = asks(
  errors.EMAIL_TAKEN,
  ['email'],
  ({ email }) =>
    sql`exists (select 1 from ${user} where ${and(eq(user.email, email as string), isNotNull(user.known_since))})`,
)

/** `requireStrongPassword` of a body with a new password, by what it says of its holder. */
export const strongPassword = (field: string): Rule =>
  fits(sharedErrors.VALIDATION_ERROR, [field], ({ [field]: password, email, full_name }, { ctx }) =>
    passwordProblems(ctx, password as string, { email, full_name } as Partial<Holder>),
  )

const ofStudentRole = {
  code: 'invalid',
  en: 'must be student where student_id is given',
  el: 'πρέπει να είναι student όπου δίνεται student_id',
}

export const userEntity = entity({
  name: 'user',
  table: userTable,
  rows,
  id: user.id,
  notFound: errors.USER_NOT_FOUND,
  findable: ({ full_name }) => [full_name],
  named: ['full_name'],
  rules: [
    emailFree,
    strongPassword('password'),
    fits(
      sharedErrors.VALIDATION_ERROR,
      ['role', 'student_id'],
      ({ role, student_id }) => student_id !== null && role !== 'student',
      { says: ofStudentRole },
    ),
    there(errors.ACCOUNT_STUDENT_NOT_FOUND, 'student_id', studentKey.id, studentKey),
    unlike(errors.STUDENT_HAS_ACCOUNT, user, user.student_id),
  ],
})

export const userList = list({
  rows: (db) =>
    db
      .select({ ...fields, sort_key: user.sort_key })
      .from(user)
      .$dynamic(),
  id: user.id,
  counted: { table: 'user' },
  search: searchable(user.search_text, user.email, ofStudent(accountStudent.search_text)),
  texts: [user.id, user.student_id, user.role, user.tier],
  orderings: {
    id: user.id,
    email: user.email,
    full_name: byName(user.sort_key, { field: 'full_name', column: user.full_name }),
    role: user.role,
    created_at: user.created_at,
  },
  defaultOrdering: 'full_name',
  filters: {
    email: byText(user.email),
    role: byOneOf(user.role, accountRoles),
    tier: byOneOf(user.tier, tiers),
    is_active: byFlag(user.is_active),
    student_id: byId(user.student_id),
    email_verified: bySet(user.email_verified_at),
    created_at: byInstant(user.created_at),
  },
})

/** The account behind an e-mail, active or not, with its password hash. The e-mail may be read by the same statement. */
export async function findAccountByEmail(db: Database, email: string | SQL<string>) {
  const [found] = await accountByEmail(db, email)
  return found
}

/** The statement, for a batch. */
export const accountByEmail = (db: Database, email: string | SQL<string>) =>
  db
    .select({ ...signInColumns, password_hash: user.password_hash })
    .from(user)
    .leftJoin(totp, eq(totp.user_id, user.id))
    .where(eq(user.email, email))

/** An active account by its id, with its second factor, for one who has proved the password already. */
export async function findAccountById(db: Database, id: number) {
  const [found] = await accountById(db, id)
  return found
}

/** The statement, for a batch. */
export const accountById = (db: Database, id: number) =>
  db
    .select({ ...signInColumns, password_hash: user.password_hash, factor: totp })
    .from(user)
    .leftJoin(totp, eq(totp.user_id, user.id))
    .where(and(eq(user.id, id), eq(user.is_active, true)))

/** The caller's own account. Throws 401 when it was closed since the token was signed. */
export async function findAccount(ctx: Context) {
  const [found] = await ctx.db
    .select(accountColumns)
    .from(user)
    .where(and(eq(user.id, ctx.actor.id ?? 0), eq(user.is_active, true)))
  if (!found) throw new ApiError(sharedErrors.HTTP_401)
  return found
}

/** An account with what a sign-in needs to know of it. */
export type AccountRow = Omit<
  NonNullable<Awaited<ReturnType<typeof findAccountByEmail>>>,
  'password_hash' | 'created_at' | 'updated_at'
>
