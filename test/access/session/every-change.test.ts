import { beforeAll, describe, expect, test } from 'vitest'
import { databaseBehind, racing } from '../../platform/database/between.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { caller, type Persona, testEnv, type World, world } from '../../world.ts'
import { password, refresh } from '../identity/account.ts'
import { changes, kinds, send, signIn, type Subject, subject, type Tokens } from './every-change.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const isAlive = async ({ access_token, refresh_token }: Tokens) => ({
  access: (await caller(access_token).get('/auth/me')).status,
  refresh: (await refresh(refresh_token)).status,
})
const alive = { access: 200, refresh: 200 }
const dead = { access: 401, refresh: 401 }
const ownAfter = { true: alive, refreshed: { access: 401, refresh: 200 }, false: dead }

/** A database in which `meanwhile` happens after everything was read and before the sessions end. */
function withMeanwhile(meanwhile: () => Promise<unknown>) {
  let happened = false
  return databaseBehind(async (texts, run) => {
    if (!happened && texts.some((text) => text.startsWith('update "session" set "revoked_at"'))) {
      happened = true
      await meanwhile()
    }
    return run()
  })
}

describe.each(Object.keys(changes))('after %s', (name) => {
  const { withFactor = false, isOwn = false, isClosed = false, begin, request } = changes[name]!

  test.each(Object.keys(kinds))('no other session is left: %s', async (kind) => {
    const of = await subject(withFactor)
    const other = await kinds[kind]!(of)
    await begin?.(w, of)
    const answer = await send(await request(of, admin, w), of)
    expect(answer.ok).toBe(true)
    await reopened(of)
    expect(await isAlive(other)).toEqual(dead)
    expect(await isAlive(of.me)).toEqual(ownAfter[`${isOwn}`])
  })

  test.each(isClosed ? [] : ['began'])('nor is one that %s between the read and the write', async () => {
    const of = await subject(withFactor)
    await begin?.(w, of)
    const begun = Promise.withResolvers<Tokens>()
    const DB = withMeanwhile(async () => begun.resolve(await signIn(of)))
    expect((await send(await request(of, admin, w), of, DB)).ok).toBe(true)
    await reopened(of)
    expect(await isAlive(await begun.promise)).toEqual(dead)
  })
})

describe('a sign-in that read the account before', () => {
  const ending = Object.keys(changes).filter((name) => changes[name]!.late !== undefined)

  test.each(ending)('%s, and writes after it, gets what the account gives by then', async (name) => {
    const { withFactor = false, begin, request, late } = changes[name]!
    const of = await subject(withFactor)
    await begin?.(w, of)
    const change = await request(of, admin, w)
    const [path, body] = await lastStep(of)
    const [first, second] = racing(2)
    const [changed, answer] = await Promise.all([
      send(change, of, first),
      serveWith({ DB: second! }, `/api/v1${path}`, json('POST', body)),
    ])
    const { data, error } = (await answer.json()) as { data: Partial<Tokens & { mfa_token: string }>; error: Failure }
    expect([changed.ok, error?.code ?? Object.keys(data)[0]]).toEqual([true, late])
  })
})

interface Failure {
  code: string
}

/** The request of a sign-in that opens the session. */
async function lastStep({ email, codes }: Subject): Promise<[path: string, body: object]> {
  if (!codes) return ['/auth/login', { email, password }]
  const { mfa_token } = (await caller(null).post('/auth/login', { email, password })).data
  return ['/auth/mfa/login', { mfa_token, code: codes.pop() }]
}

/** As if the account had never been closed: no session comes back with it. */
const reopened = ({ id }: Subject) =>
  testEnv.DB.prepare('update user set is_active = 1, deleted_at = null where id = ?').bind(id).run()
