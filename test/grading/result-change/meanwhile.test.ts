import { beforeAll, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type Persona, type World, world } from '../../world.ts'
import { after, before, decide, figuresOf, pendingOn, reason, request, resultIn } from './official.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Something that the registrar does, and what happens when it was decided and not yet written. */
async function post(path: string, body: object, act: () => Promise<unknown>) {
  const init = json('POST', body, { authorization: `Bearer ${w.registrar.token}` })
  return codeOf(await serveWith({ DB: meanwhile(act) }, `/api/v1${path}`, init))
}

const asking = (id: number) => ({ result_id: id, reason, new_percentage: 90.5 })
const freeze = (id: number) => admin.post('/results/freeze', { result_id: id })
const stale = '409 STALE_STATE'

test('a wish for other figures of a result that is frozen meanwhile is told so', async () => {
  const { id } = await resultIn(w, 'published')
  expect(await post('/results/change-request', asking(id), () => freeze(id))).toBe(stale)
  expect(await countRows(`result_change where result_id = ${id}`)).toBe(0)
})

test('a wish does not start from figures that an approved change has left meanwhile', async () => {
  const { id } = await resultIn(w, 'published')
  const other = async () => {
    const { data } = await request(admin, id, { new_percentage: 70 })
    await decide(await w.admin(), data.id)
  }
  expect(await post('/results/change-request', asking(id), other)).toBe(stale)
  expect((await figuresOf(w, id)).percentage).toBe(70)
})

test('a change that is approved meanwhile is not rejected', async () => {
  const { id, change } = await pendingOn(w, 'published')
  const rejecting = { change_id: change, approved: false }
  expect(await post('/results/approve-change', rejecting, () => decide(admin, change))).toBe(stale)
  expect(await figuresOf(w, id)).toMatchObject(after)
})

test('a change that is rejected meanwhile is not approved', async () => {
  const { id, change } = await pendingOn(w, 'published')
  const approving = { change_id: change, approved: true }
  expect(await post('/results/approve-change', approving, () => decide(admin, change, false))).toBe(stale)
  expect(await figuresOf(w, id)).toMatchObject(before)
})

test('one approval is not enough for a change whose result is frozen meanwhile', async () => {
  const { id, change } = await pendingOn(w, 'published')
  const approving = { change_id: change, approved: true }
  expect(await post('/results/approve-change', approving, () => freeze(id))).toBe('200')
  expect(await figuresOf(w, id)).toMatchObject({ ...before, state: 'frozen' })
  await decide(admin, change)
  expect(await figuresOf(w, id)).toMatchObject(after)
})

test('a result that is published meanwhile is not computed anew', async () => {
  const { id, section } = await resultIn(w, 'draft')
  await section.teacher.patch(
    `/results/${id}`,
    { percentage: 50, reason: 'An oral examination' },
    { 'if-match': '"1"' },
  )
  const publishing = () => admin.post('/results/publish', { result_id: id })
  expect(await post(`/sections/${section.id}/results/compute?overwrite=true`, {}, publishing)).toBe('403 RESULT_LOCKED')
  expect(await figuresOf(w, id)).toMatchObject({ percentage: 50, letter: 'F', state: 'published' })
})
