import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { type Endpoint } from '#/platform/http/endpoint.ts'
import { readOnlyFields } from '#/platform/http/checks/repeated.ts'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import { call, type Method, refusal, placeOf } from '../call.ts'
import { counts, csv, importFile, ndjson, problems } from '../exchange/import/files.ts'
import { countRows, type Persona, unique, type World, world } from '../world.ts'
import { branches, fieldsOf, type JsonSchema, schemaOf } from './body-schema.ts'
import { samples } from './samples.ts'

/** What a caller would like to decide, and what the declarations alone may let in. */
const coveted = [
  'id',
  'version',
  'role',
  'tier',
  'status',
  'state',
  'is_active',
  'student_id',
  'user_id',
  'actor',
  'actor_id',
  'created_by',
  'processed_by',
  'approved_by',
  'created_at',
  'deleted_at',
  'password_hash',
]

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Every object of a body that has declared fields, by its path, with the coveted fields that are not among them. */
function placesIn(value: unknown, schemas: JsonSchema[], defs: JsonSchema['$defs'], path: string[]): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const all = schemas.flatMap((schema) => branches(schema, defs))
  if (Array.isArray(value)) {
    const items = all.flatMap((schema) => schema.items ?? [])
    return value.flatMap((item, i) => placesIn(item, items, defs, [...path, String(i)]))
  }
  const declared = all.filter(({ properties }) => properties)
  const undeclared = coveted.filter((name) => !declared.some(({ properties }) => name in properties!))
  const here = declared.length > 0 ? [{ path, undeclared }] : []
  const below = Object.entries(value).flatMap(([name, inner]) =>
    placesIn(
      inner,
      all.flatMap(({ properties }) => properties?.[name] ?? []),
      defs,
      [...path, name],
    ),
  )
  return [...here, ...below]
}

interface Place {
  path: string[]
  undeclared: string[]
}

/** The body with fields put into the object at a path. */
function withFields(body: unknown, path: string[], fields: object): unknown {
  const [first, ...rest] = path
  if (first === undefined) return { ...(body as object), ...fields }
  if (Array.isArray(body))
    return body.map((item, i) => (String(i) === first ? withFields(item, rest, fields) : (item as unknown)))
  return { ...(body as object), [first]: withFields((body as Record<string, unknown>)[first], rest, fields) }
}

const writesJson = ({ body, bodyType = 'json' }: Endpoint) => body !== undefined && bodyType === 'json'
const operations = endpoints.filter(writesJson)

describe.each(operations.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  test('takes no field that it does not declare, at any depth, and writes nothing', async () => {
    const sample = await samples[id]!(w)
    const [schema, defs] = schemaOf(endpoint)
    const repeatable = readOnlyFields(endpoint)
    const places = placesIn(sample.body ?? {}, [schema], defs, []).map(({ path, undeclared }) => ({
      path,
      undeclared: path.length > 0 ? undeclared : undeclared.filter((name) => !repeatable.has(name)),
    }))
    expect(places.length).toBeGreaterThan(0)
    const before = await changesMade()
    for (const { path, undeclared } of places) {
      const given = Object.fromEntries(undeclared.map((name) => [name, 1]))
      const body = withFields(sample.body ?? {}, path, given)
      const method = endpoint.method.toUpperCase() as Method
      const { status, error } = await call(sample.as ?? admin, method, sample.path, body, sample.headers)
      expect([status, error?.code]).toEqual([422, 'VALIDATION_ERROR'])
      const refused = error?.details.errors?.filter(({ code }) => code === 'unknown')
      expect(refused?.map(placeOf).toSorted()).toEqual(
        undeclared.map((name) => ['body', ...path, name].join('.')).toSorted(),
      )
    }
    expect(await changesMade()).toBe(before)
  })
})

/** What was written by callers: every write leaves its row. */
const changesMade = () => countRows("audit_log where method <> 'BACKGROUND'")

/** Fields that no body declares but those of the operations named. */
const reserved: Record<string, string[]> = {
  id: [],
  version: [],
  actor: [],
  actor_id: [],
  created_by: [],
  processed_by: [],
  approved_by: [],
  created_at: [],
  deleted_at: [],
  password_hash: [],
  role: ['inviteUser', 'createUser', 'updateUser', 'replaceUser'],
  tier: ['createUser', 'updateUser', 'replaceUser'],
  is_active: ['createUser', 'updateUser', 'replaceUser'],
}

test.each(Object.entries(reserved))('%s is declared by %j alone', (name, ids) => {
  const declaring = operations.filter((endpoint) => fieldsOf(endpoint).includes(name))
  expect(declaring.map(({ id }) => id)).toEqual(ids)
})

/** An export comes back as it is: what its rows show beside the input is left aside, which the last test looks at. */
describe.each(Object.entries(importEntities))('a file of %s', (entity, { input, row }) => {
  const unknown = coveted.filter((name) => !(name in input.shape) && !(name in row.shape))

  test.each(unknown)('has no %s, neither as a column nor in a line of JSON', async (name) => {
    const before = await changesMade()
    const answer = await importFile(admin, entity, `${[...Object.keys(input.shape), name].join(',')}\n`)
    expect(refusal(answer)).toEqual([422, 'IMPORT_COLUMN_UNKNOWN'])
    expect(answer.error?.message).toContain(`Unknown columns: ${name}.`)
    expect(await changesMade()).toBe(before)
    const line = await importFile(admin, entity, ndjson([{ [name]: 1 }]), { type: 'application/x-ndjson' })
    expect(counts(line)).toEqual([0, 0, 0, 1])
    expect(problems(line)).toContainEqual([1, name, 'unknown'])
  })
})

test.each([
  ['text/csv', csv],
  ['application/x-ndjson', ndjson],
])('a file of %s decides over no id, version or time', async (type, write) => {
  const code = `MASS${unique()}`
  const wanted = { id: 424_242, version: 77, created_at: '2001-01-01T00:00:00.000Z', archived_at: '2001-01-01' }
  const answer = await importFile(admin, 'courses', write([{ code, title: 'Logic', credits: 5, ...wanted }]), { type })
  expect(counts(answer)).toEqual([1, 0, 0, 0])
  const { items } = (await admin.get(`/courses?code=${code}`)).data
  expect(items).toMatchObject([{ code, version: 1, archived_at: null }])
  expect(items[0]!.id).toBeLessThan(wanted.id)
  expect(Date.parse(items[0]!.created_at)).toBeGreaterThan(Date.now() - 60_000)
})
