import { beforeAll, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type Persona, unique, type World, world } from '../../world.ts'

let w: World
let admin: Persona
const mark = `Ζ${unique()}`
const people: Record<string, number> = {}

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  const roles = { Ωμέγα: 'faculty', Άλφα: 'registrar', Beta: 'admin', Closed: 'faculty', Pupil: 'student' }
  for (const [name, role] of Object.entries(roles)) {
    const body = {
      email: `staff${unique()}@lyceum.test`,
      full_name: `${name} ${mark}`,
      role,
      password: 'Correct-Horse-9!',
    }
    const { data } = await admin.post('/users', { ...body, is_active: name !== 'Closed' })
    people[name] = data.id
  }
})

const list = async (query: string) => (await w.registrar.get(`/staff?search=${encodeURIComponent(mark)}${query}`)).data

test('staff are listed for the registry by name as a dictionary orders it: active accounts, without e-mails', async () => {
  const { items, total } = await list('')
  expect(total).toBe(3)
  expect(items).toEqual([
    { id: people['Άλφα'], full_name: `Άλφα ${mark}`, role: 'registrar' },
    { id: people['Ωμέγα'], full_name: `Ωμέγα ${mark}`, role: 'faculty' },
    { id: people['Beta'], full_name: `Beta ${mark}`, role: 'admin' },
  ])
  const ids = async (query: string) => (await list(query)).items.map(({ id }) => id)
  expect(await ids('&is_active=false')).toEqual([people['Closed']])
  expect(await ids('&role=faculty')).toEqual([people['Ωμέγα']])
  const first = await list('&page_size=2&ordering=-full_name')
  expect((await list(`&page_size=2&ordering=-full_name&cursor=${first.next_cursor}`)).items).toHaveLength(1)
  expect((await w.registrar.get('/staff?search=omega')).data.items.map(({ id }) => id)).toContain(people['Ωμέγα'])
  expect((await w.registrar.get(`/staff?search=${w.registrar.email}`)).data.items).toEqual([])
})

test('staff are listed for nobody else', async () => {
  for (const by of [await w.teacher(), await w.studentPersona()])
    expect(refusal(await by.get('/staff'))).toEqual([403, 'HTTP_403'])
  expect((await admin.get('/staff?page_size=1')).status).toBe(200)
  expect(refusal(await w.registrar.get('/staff?role=student'))).toEqual([422, 'VALIDATION_ERROR'])
})
