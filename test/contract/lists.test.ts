import type * as z from 'zod'
import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { call } from '../call.ts'
import { type Persona, type World, world } from '../world.ts'
import { elsewhere, fieldsOf, filledList, isEnum, isMoment, lists, shapeOf, takes } from './list-rows.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

test('every list is searched', () => {
  expect(lists.length).toBeGreaterThan(30)
  expect(lists.filter((endpoint) => !takes(endpoint, 'search')).map(({ id }) => id)).toEqual([])
})

describe.each(lists.filter(({ id }) => !elsewhere.includes(id)).map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s',
  (id, endpoint) => {
    test('finds a row by each text, code and id that it shows, and none by another', async () => {
      const { as = admin, path } = await filledList(w, admin, id)
      const list = async (query: string) => {
        const { status, data } = await call(as, 'GET', `${path}?${query}`)
        expect(status).toBe(200)
        return (data as { items: Record<string, unknown>[] }).items
      }
      const size = (rows: number) => (takes(endpoint, 'page_size') ? `page_size=${rows}&` : '')
      const named = (one: Record<string, unknown>) => one['id'] ?? one['name'] ?? one['kid']
      const search = async (text: string) =>
        (await list(`${size(200)}search=${encodeURIComponent(text)}`)).map((one) => named(one))
      const row = (await list(size(1)))[0]!
      const fields = fieldsOf(endpoint)
      const texts = Object.entries(row).flatMap(([name, value]) => {
        if (isEnum(fields[name]) || hidden[id]?.includes(name)) return []
        if (typeof value === 'number') return name === 'id' || name.endsWith('_id') ? [[name, String(value)]] : []
        if (typeof value !== 'string' || value === '' || isMoment(value)) return []
        return [[name, sentences.includes(`${id} ${name}`) ? value.replaceAll(/[.,;](?=\s|$)/g, '') : value]]
      })
      expect(texts.length).toBeGreaterThan(0)
      const missed = []
      for (const [name, text] of texts) if (!(await search(text!)).includes(named(row))) missed.push(name)
      expect(missed).toEqual([])
      expect(await search('nothing-has-this-text')).toEqual([])
    })
  },
)

/** What names things inside of sentences is found without the marks that follow it. */
const sentences = ['listLegacy text', 'listImportErrors message']

/** An address is made of other fields, which are searched. An audit entry keeps its reason sealed. */
const hidden: Record<string, string[]> = { listSavedFilters: ['path'], listAuditEntries: ['reason'] }

/** Parts of a row that are replaced as a whole, and what is no list of rows. */
const parts = ['listPublicKeys', 'getEvaluationRules', 'getInstructors', 'getMeetings', 'search']

test('every answer that is a list has the dress of one', () => {
  const bare = endpoints.filter((endpoint) => {
    const fields = Object.values(shapeOf(endpoint)) as z.ZodType[]
    return endpoint.method === 'get' && fields.length === 1 && fields[0]!.def.type === 'array'
  })
  expect(bare.map(({ id }) => id).filter((id) => !parts.includes(id))).toEqual([])
})

test('a row that says by which account something was done names it, too', () => {
  const nameless = endpoints.flatMap((endpoint) => {
    const items = shapeOf(endpoint)['items'] as z.ZodArray<z.ZodObject> | undefined
    const fields = Object.keys(items?.element?.shape ?? {})
    return fields
      .filter(
        (name) => /^(?:actor_id|author_id|\w+_by)$/.test(name) && items!.element.shape[name]!.def.type !== 'array',
      )
      .filter((name) => !fields.includes(`${name.replace(/_id$/, '')}_name`))
      .map((name) => `${endpoint.id} ${name}`)
  })
  expect(nameless.filter((one) => !elsewhere.includes(one.split(' ')[0]!))).toEqual([])
})

test('a list that shows no e-mail of a student finds none by it; students are found by theirs', async () => {
  const { id, email } = await w.student({ email: 'felt.for@private.test' })
  const section = await w.section()
  await w.enroll(section.id, id)
  for (const path of [`/enrollments?section_id=${section.id}`, `/sections/${section.id}/waitlist?`])
    expect((await w.registrar.get(`${path}&search=${email}` as '/enrollments')).data.items).toEqual([])
  expect((await w.registrar.get(`/students?search=${email}`)).data.items).toMatchObject([{ id }])
  expect((await w.registrar.get(`/search?q=${email}&types=students`)).data.hits).toMatchObject([{ id }])
})

test.each(['students', 'courses'] as const)(
  '%s name their programs by code, and are filtered by codes, one or several',
  async (list) => {
    const [one, other, third] = [await w.program(), await w.program(), await w.program()]
    const make = (program_id: number) => (list === 'students' ? w.student({ program_id }) : w.course({ program_id }))
    const [first, second] = [await make(one.id), await make(other.id)]
    await make(third.id)
    const found = async (filter: string) =>
      (await w.registrar.get(`/${list}?${filter}&ordering=id`)).data.items.map((row) => [row.id, row.program_code])
    expect(await found(`program_code=${one.code.toLowerCase()}`)).toEqual([[first.id, one.code]])
    expect(await found(`program_code__in=${one.code},${other.code}`)).toEqual([
      [first.id, one.code],
      [second.id, other.code],
    ])
  },
)
