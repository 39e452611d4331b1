import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { newAccount, refresh } from '../identity/account.ts'
import { auditRows, caller, type Persona, persona, testEnv, type World, world } from '../../world.ts'

const defaults = { mode: 'beginner', language: 'en', theme: 'system', show_tooltips: true, completed_guides: [] }

let w: World
let someone: Persona
beforeAll(async () => {
  w = await world()
  someone = await persona('faculty')
})

const save = (given: object, headers = {}) => someone.put('/user/preferences', given, headers)
const read = async () => (await someone.get('/user/preferences')).data
const audited = () => auditRows('preference', someone.userId)

describe('preferences', () => {
  test.each(['admin', 'registrar', 'faculty', 'student'] as const)('of a new %s are the defaults', async (role) => {
    const fresh = await persona(role)
    expect((await fresh.get('/user/preferences')).data).toMatchObject({ ...defaults, version: 0 })
    expect((await fresh.get('/user/mode')).data).toMatchObject({ mode: 'beginner' })
  })

  test('change one by one; what is not given stays', async () => {
    expect((await save({ theme: 'dark' })).data).toMatchObject({ ...defaults, theme: 'dark', version: 1 })
    expect((await save({ show_tooltips: false, completed_guides: ['first-steps'] })).data).toMatchObject({
      ...defaults,
      theme: 'dark',
      show_tooltips: false,
      completed_guides: ['first-steps'],
      version: 2,
    })
    expect(await read()).toMatchObject({ theme: 'dark', show_tooltips: false, completed_guides: ['first-steps'] })
    expect((await save({ completed_guides: [] })).data.completed_guides).toEqual([])
  })

  test('leave one audit row with old and new values', async () => {
    const before = (await audited()).length
    await someone.post('/user/mode', { mode: 'expert' })
    expect((await someone.get('/user/mode')).data).toMatchObject({ mode: 'expert' })
    const rows = await audited()
    expect(rows).toHaveLength(before + 1)
    expect([rows[0]!.action, JSON.parse(String(rows[0]!.changes))]).toEqual([
      'preference.update',
      { mode: { old: 'beginner', new: 'expert' } },
    ])
  })

  test('that are the same leave none', async () => {
    const before = (await audited()).length
    const { version: _, ...same } = await read()
    expect((await save(same)).status).toBe(200)
    expect((await someone.post('/user/mode', { mode: same.mode })).status).toBe(200)
    expect((await save({})).status).toBe(200)
    expect(await audited()).toHaveLength(before)
  })

  test('chosen as they are from the beginning leave none either', async () => {
    const fresh = await persona('student')
    expect((await fresh.put('/user/preferences', defaults)).data).toMatchObject({ ...defaults, version: 0 })
    expect((await fresh.post('/user/mode', { mode: defaults.mode })).status).toBe(200)
    expect(await auditRows('preference', fresh.userId)).toEqual([])
  })

  test('say whose they are and since when; until they are changed, since the account was opened', async () => {
    const fresh = await persona('student')
    const opened = (await fresh.get('/user/mode')).data
    expect(opened).toMatchObject({ user_id: fresh.userId, created_at: opened.updated_at })
    const { data } = await fresh.put('/user/preferences', { theme: 'dark' })
    expect([data.created_at, data.created_at > opened.created_at]).toEqual([data.updated_at, true])
    await fresh.post('/user/mode', { mode: 'expert' })
    const now = (await fresh.get('/user/preferences')).data
    expect([now.created_at, now.updated_at > now.created_at]).toEqual([data.created_at, true])
  })

  test('are the language of answers that none was asked for, from the next refresh on', async () => {
    const { signIn } = await newAccount()
    const { access_token, refresh_token } = (await signIn()).data
    const languageOf = async (token: string, headers = {}) => {
      const { error, headers: answered } = await caller(token).get('/programs/999999', headers)
      return [answered.get('content-language'), /\p{Script=Greek}/u.test(error!.message) ? 'el' : 'en']
    }
    await caller(access_token).put('/user/preferences', { language: 'el' })
    expect(await languageOf(access_token)).toEqual(['en', 'en'])
    const next = (await refresh(refresh_token!)).data.access_token
    expect(await languageOf(next)).toEqual(['el', 'el'])
    expect(await languageOf(next, { 'accept-language': 'de' })).toEqual(['el', 'el'])
    expect(await languageOf(next, { 'accept-language': 'en' })).toEqual(['en', 'en'])
  })

  test('share the language with the account', async () => {
    await save({ language: 'el' })
    expect((await someone.get('/auth/me')).data.language).toBe('el')
    await save({ theme: 'light' })
    expect((await read()).language).toBe('el')
  })

  test('are those of the caller alone', async () => {
    const other = await persona('faculty')
    await other.post('/user/mode', { mode: 'expert' })
    await someone.post('/user/mode', { mode: 'beginner' })
    expect((await other.get('/user/mode')).data).toMatchObject({ mode: 'expert' })
    expect((await other.put('/user/preferences', { user_id: someone.userId, theme: 'dark' })).status).toBe(422)
  })

  test.each([
    [{ mode: 'wizard' }],
    [{ language: 'fr' }],
    [{ theme: 'pink' }],
    [{ show_tooltips: 'yes' }],
    [{ completed_guides: 'all' }],
    [{ completed_guides: [''] }],
    [{ completed_guides: Array.from({ length: 201 }, (_, i) => `guide-${i}`) }],
  ])('refuse %j', async (given) => {
    const before = await read()
    expect((await save(given)).status).toBe(422)
    expect(await read()).toEqual(before)
  })

  test('are those of the version that is repeated, or of none', async () => {
    await save({})
    const before = await read()
    expect((await save({ version: 777 })).status).toBe(412)
    expect(await read()).toEqual(before)
  })

  test('take two hundred guides', async () => {
    const completed_guides = Array.from({ length: 200 }, (_, i) => `guide-${i}`)
    expect((await save({ completed_guides })).data.completed_guides).toEqual(completed_guides)
  })

  test('are not overwritten by somebody who read an older version', async () => {
    const { version } = await read()
    await save({ theme: version % 2 ? 'dark' : 'system', show_tooltips: true })
    await save({ theme: 'light' })
    const stale = await save({ theme: 'dark' }, { 'if-match': `"${version}"` })
    expect([stale.status, stale.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
  })

  test('of two first changes at once: each is kept or refused, none is lost in silence', async () => {
    const fresh = await persona('student')
    const answers = await Promise.all([
      fresh.put('/user/preferences', { theme: 'dark' }),
      fresh.put('/user/preferences', { show_tooltips: false }),
    ])
    const kept = answers.filter(({ status }) => status === 200)
    expect(kept.length).toBeGreaterThan(0)
    const { data } = await fresh.get('/user/preferences')
    expect(data.version).toBe(kept.length)
    expect(await auditRows('preference', fresh.userId)).toHaveLength(kept.length)
  })

  test('that somebody else saved meanwhile are not overwritten', async () => {
    const DB = meanwhile(() => save({ theme: 'dark' }))
    await save({ theme: 'system' })
    const init = json('PUT', { theme: 'light' }, { authorization: `Bearer ${someone.token}` })
    expect(await codeOf(await serveWith({ DB }, '/api/v1/user/preferences', init))).toBe('409 STALE_STATE')
    expect((await read()).theme).toBe('dark')
  })

  test('need somebody who is signed in', async () => {
    await testEnv.DB.prepare('update user set is_active = 0 where id = ?').bind(someone.userId).run()
    expect((await someone.get('/user/preferences')).status).toBe(401)
    expect((await w.anonymous.get('/user/mode')).status).toBe(401)
  })
})
