import { beforeAll, expect, test } from 'vitest'
import { policy } from '#/wiring/policy.ts'
import { nouns, verbs } from '#/operations/audit-summary/act-words.ts'
import { type Persona, type World, world } from '../../world.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

test('an audit row names who acted and says what was done, in both languages, without the name of a student', async () => {
  const student = await w.student()
  const path = `/audit/logs?entity_type=student&entity_id=${student.id}` as const
  const [row] = (await admin.get(path)).data.items
  const { full_name } = (await w.registrar.get('/auth/me')).data
  expect(row).toMatchObject({ actor_name: full_name, summary: `created student ${String(student['student_number'])}` })
  const [greek] = (await admin.get(path, { 'accept-language': 'el' })).data.items
  expect(greek!.summary).toBe(`Δημιουργία: φοιτητής ${String(student['student_number'])}`)
  expect((await admin.get(`/audit/logs/${row!.id}`)).data.summary).toBe(row!.summary)
})

test('every act that leaves a row has its words, in Greek, too', () => {
  const acts = Object.keys(policy).map((permission) => permission.replace(/^.*\./, ''))
  expect([...new Set(acts)].filter((verb) => !(verb in verbs))).toEqual([])
  expect(Object.values(nouns).filter((noun) => !/\p{Script=Greek}/u.test(noun))).toEqual([])
})
