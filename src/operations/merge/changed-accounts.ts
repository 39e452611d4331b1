import { shadowPrefix } from '#/operations/snapshot/index.ts'

/** What a session was opened by, and what it may do. */
const proofs = ['created_at', 'email', 'password_hash', 'role', 'is_active', 'student_id', 'deleted_at']

const columnsOf = (row: string) => proofs.map((column) => `${row}.${column}`).join(', ')
const factorOf = (user: string, table: string) =>
  `(select json_array(secret, confirmed_at) from ${table} where user_id = ${user}.id)`

/** A SQL query: accounts that are not there after the swap, or are not what they were to their sessions. */
const changedAccounts = `select l.id from user l where not exists (
  select 1 from ${shadowPrefix}user s where s.id = l.id and (${columnsOf('s')}) is (${columnsOf('l')})
    and ${factorOf('s', `${shadowPrefix}totp`)} is ${factorOf('l', 'totp')})`

/** Those that have sessions. */
export const findingAccounts = `select distinct user_id from session where user_id in (${changedAccounts})`

/** Ends their sessions as they will be after the swap. */
export const endingSessions = `update ${shadowPrefix}session set revoked_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
  where revoked_at is null and user_id in (${changedAccounts})`
