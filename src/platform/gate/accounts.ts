import { type Env, settingsOf } from '#/platform/env.ts'
import { objectNamed } from '#/platform/durable-object/object-named.ts'
import { accountGate, nameOf } from './names.ts'
import type { Closing, Reopening } from './revocations.ts'

const gateOf = async (env: Env, subject: string) => objectNamed(env, env.GATE, await nameOf(settingsOf(env), subject))

/** Answers when the objects can be reached. */
export const pingGate = (env: Env) => objectNamed(env, env.GATE, 'health').ping()

/** Makes the access tokens of these sessions of an account worthless at once, everywhere. */
export const revokeSessions = async (env: Env, userId: number, sessionIds: readonly string[], until: number) =>
  (await gateOf(env, accountGate(userId))).revoke(sessionIds, until)

/** Refuses the access tokens of an account but those of one session, while the database ends the others. */
export const closeAccount = async (env: Env, userId: number, id: string, closing: Closing) =>
  (await gateOf(env, accountGate(userId))).close(id, closing)

/** The same account again, but for the sessions that the database has ended. */
export const reopenAccount = async (env: Env, userId: number, id: string, how: Reopening) =>
  (await gateOf(env, accountGate(userId))).reopen(id, how)

/** Forgets what was counted for a subject in windows of these names. */
export const pardon = async (env: Env, subject: string, names: readonly string[]) =>
  (await gateOf(env, subject)).pardon(names)
