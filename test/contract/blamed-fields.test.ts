import type * as z from 'zod'
import { beforeAll, expect, test } from 'vitest'
import { refusalsOf } from '#/platform/http/openapi.ts'
import { reachOf } from '#/platform/policy.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { badFields } from '../call.ts'
import { counts, csv, importFile, problems } from '../exchange/import/files.ts'
import { applicant, wish } from '../admission/application/applied.ts'
import { type World, world } from '../world.ts'
import { staysAlone } from './stays-alone.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Refusals of a form that blame no field of the body by their code, and why. */
const otherwise: Record<string, string> = {
  VALIDATION_ERROR: 'each problem is in details.errors, where it is found',
  SCHEME_UNSOUND: 'so is each of a scheme',
  BODY_TOO_DEEP: 'it is the body as a whole',
  IDEMPOTENCY_KEY_REUSED: 'it is a header, which it names',
}

const bodies = endpoints.filter(({ body, bodyType }) => body && bodyType !== 'pdf')
const refusals = bodies.flatMap((endpoint) =>
  refusalsOf(endpoint, reachOf(endpoint.permission, 'anonymous') !== undefined)
    .filter(({ status }) => status === 422)
    .map((error) => ({ endpoint, error, pair: `${endpoint.id} ${error.code}` })),
)

test('every 422 of an operation with a body says which of its fields it blames, or why it blames none', () => {
  const silent = refusals.filter(({ endpoint, error }) => {
    const shape = (endpoint.body as z.ZodObject).shape ?? {}
    const isNamed = (error.fields ?? []).some((field) => field in shape)
    return isNamed === error.code in otherwise
  })
  expect(silent.map(({ pair }) => pair)).toEqual([])
  const used = new Set(refusals.map(({ error }) => error.code))
  expect(Object.keys(otherwise).filter((one) => !used.has(one))).toEqual([])
})

test('every refusal of an operation with a body is told beside its other problems, or says why it stays alone', () => {
  const declared = bodies.flatMap((endpoint) => {
    const rules = [...(endpoint.rowOf?.rules ?? []), ...(endpoint.rules ?? [])]
    const shape = (endpoint.body as z.ZodObject).shape ?? {}
    return refusalsOf(endpoint, reachOf(endpoint.permission, 'anonymous') !== undefined)
      .filter(({ status }) => [400, 404, 409, 422].includes(status))
      .filter((error) => !rules.some((rule) => rule.error === error))
      .filter(({ status, fields = [] }) => status !== 404 || fields.some((field) => field in shape))
      .map(({ code }) => ({ code, pair: `${endpoint.id} ${code}` }))
  })
  const alone = new Set(Object.values(staysAlone).flat())
  expect(declared.filter(({ code, pair }) => !alone.has(code) && !alone.has(pair)).map(({ pair }) => pair)).toEqual([])
  const met = new Set(declared.flatMap(({ code, pair }) => [code, pair]))
  expect([...alone].filter((one) => !met.has(one))).toEqual([])
})

const future = '2199-01-01'
const person = async () => {
  const id = Math.random().toString(36).slice(2)
  return { student_number: `B${id}`, first_name: 'Anna', last_name: 'Roe', email: `${id}@example.org` }
}

test.each<[string, () => Promise<Parameters<typeof badFields>[0]>, string[]]>([
  [
    'ENROLLMENT_DATE_IN_FUTURE',
    async () => w.registrar.post('/students', { ...(await person()), enrollment_date: future }),
    ['enrollment_date'],
  ],
  [
    'ENROLLMENT_DATE_IN_FUTURE',
    async () => w.registrar.patch(`/students/${(await w.student()).id}`, { enrollment_date: future }),
    ['enrollment_date'],
  ],
  [
    'BIRTH_DATE_UNLIKELY',
    async () => w.registrar.post('/students', { ...(await person()), date_of_birth: '1850-01-01' }),
    ['date_of_birth', 'enrollment_date'],
  ],
  [
    'NAME_MISSING',
    async () => w.registrar.post('/students', { ...(await person()), first_name: null, last_name: null }),
    ['last_name', 'first_name'],
  ],
  [
    'BIRTH_DATE_UNLIKELY',
    async () => (await applicant()).post('/applications', { ...(await wish(w)), date_of_birth: '1850-01-01' }),
    ['date_of_birth'],
  ],
  ['APPLICATION_ACCOUNT_REQUIRED', async () => w.registrar.post('/applications', await wish(w)), ['user_id']],
  [
    'REQUEST_STUDENT_REQUIRED',
    async () => w.registrar.post('/requests', { type: 'transcript', language: 'en' }),
    ['student_id'],
  ],
  [
    'HOLD_DAYS_INVALID',
    async () =>
      w.registrar.post(`/students/${(await w.student()).id}/holds`, {
        kind: 'financial',
        blocks: ['enrollment'],
        office: 'Bursar',
        reason: 'Fees',
        from: '2026-12-02',
        until: '2026-12-01',
      }),
    ['until', 'from'],
  ],
])('%s names its fields as a form needs them, in the language of the answer', async (code, ask, fields) => {
  const answer = await ask()
  expect(answer.error).toMatchObject({
    code,
    details: { errors: fields.map((path) => ({ in: 'body', path, code, message: answer.error!.message })) },
  })
})

test('a key that is used again names its header', async () => {
  const headers = { 'idempotency-key': crypto.randomUUID() }
  await w.registrar.post('/students', await person(), headers)
  const answer = await w.registrar.post('/students', await person(), headers)
  expect([answer.error?.code, badFields(answer)]).toEqual(['IDEMPOTENCY_KEY_REUSED', ['header.idempotency-key']])
})

test('a problem of a file names the field that is in the file', async () => {
  const rows = async (more: object) => csv([{ ...(await person()), ...more }])
  const told = async (file: string) => problems(await importFile(w.registrar, 'students', file))
  expect(await told(await rows({ enrollment_date: future }))).toEqual([
    [2, 'enrollment_date', 'ENROLLMENT_DATE_IN_FUTURE'],
  ])
  expect(await told(await rows({ date_of_birth: '2020-01-01' }))).toEqual([[2, 'date_of_birth', 'BIRTH_DATE_UNLIKELY']])
  const born = await w.student({ date_of_birth: '2004-05-06', enrollment_date: '2024-10-01' })
  const early = csv([{ student_number: born.student_number, enrollment_date: '2010-10-01' }])
  expect(await told(early)).toEqual([[2, 'enrollment_date', 'BIRTH_DATE_UNLIKELY']])
})

test('an e-mail that two lines of one file take is blamed on its column, and says which line has it first', async () => {
  const [one, other] = [await person(), await person()]
  const answer = await importFile(w.registrar, 'students', csv([one, { ...other, email: one.email }]))
  expect([problems(answer), counts(answer)[0]]).toEqual([[[3, 'email', 'IMPORT_VALUE_TWICE']], 1])
  expect(answer.data.errors[0]!.message).toBe(
    'Line 2 of the file has the same email, and no two rows may. Correct one of the two.',
  )
})
