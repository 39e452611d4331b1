import { beforeAll, describe, expect, test } from 'vitest'
import { BulkReport } from '#/platform/bulk.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { readOnlyFields } from '#/platform/http/checks/repeated.ts'
import { databaseBehind } from '../platform/database/between.ts'
import { codeOf, json, serveWith } from '../platform/http/serve.ts'
import { badFields, call, type Method } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const changing = endpoints.filter(({ changes, returns }) => changes && returns !== BulkReport)

/** What a change needs beside the row. */
const besides: Record<string, string[]> = {
  updateResult: ['reason'],
}

async function shown(id: string) {
  const { as = admin, path, headers, body } = await samples[id]!(w)
  const added = Object.entries(body as object).filter(([name]) => besides[id]?.includes(name))
  const { data, status } = await call(as, 'GET', path)
  expect(status).toBe(200)
  return { as, path, headers, row: data as Record<string, unknown>, added: Object.fromEntries(added) as object }
}

type Shown = Awaited<ReturnType<typeof shown>>

const send = ({ as, path, headers }: Omit<Shown, 'row' | 'added'>, method: string, body: object) =>
  call(as, method.toUpperCase() as Method, path, body, headers)

describe.each(changing.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  test('takes the row that GET gives and changes nothing; what it cannot change is refused by name', async () => {
    const { row, added, ...sample } = await shown(id)
    const fields = [...readOnlyFields(endpoint)].filter((name) => name in row)
    expect(fields).toContain('version')
    const before = await changesMade()
    const refused = await send(sample, endpoint.method, {
      ...row,
      ...added,
      ...Object.fromEntries(fields.map((name) => [name, 'made up'])),
    })
    expect([refused.status, badFields(refused).toSorted()]).toEqual([
      422,
      fields.map((name) => `body.${name}`).toSorted(),
    ])
    expect(refused.error!.details.errors!.every(({ code }) => code === 'read_only')).toBe(true)
    const again = await send(sample, endpoint.method, { ...row, ...added })
    expect(again.error).toBeNull()
    expect(again.data).toMatchObject(row)
    expect(await changesMade()).toBe(before)
  })
})

test('every PUT and PATCH of a row takes it', () => {
  const rows = endpoints.filter(({ method, path }) => ['put', 'patch'].includes(method) && /\/:\w+$/.test(path))
  expect(rows.filter(({ changes }) => !changes).map(({ id }) => id)).toEqual([])
})

const changesMade = () => countRows("audit_log where method <> 'BACKGROUND'")

test('a version that is repeated is the one that is changed, or none', async () => {
  const { id } = await w.program()
  const { data: row } = await admin.get(`/programs/${id}`)
  let reads = 0
  const DB = databaseBehind(async (_, run) => {
    reads += 1
    // The second read is that of the change itself.
    if (reads === 2) await admin.patch(`/programs/${id}`, { degree: 'Came between' })
    return run()
  })
  const init = json('PUT', { ...row, title: 'Late' }, { authorization: `Bearer ${admin.token}` })
  expect(await codeOf(await serveWith({ DB }, `/api/v1/programs/${id}`, init))).toBe('412 PRECONDITION_FAILED')
  expect((await admin.get(`/programs/${id}`)).data).toMatchObject({ title: row.title, version: 2 })
})
